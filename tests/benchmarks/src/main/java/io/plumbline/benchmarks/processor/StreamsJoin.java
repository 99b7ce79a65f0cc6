package io.plumbline.benchmarks.processor;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.JoinWindows;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.StreamJoined;

/**
 * Two topics with the same keys joined by Kafka Streams itself, exactly once, and nothing else: its limit on this machine. Values are not
 * even read. Arguments: Kafka, folder of the state, topics of the one side, the other and the pairs, pairs per round.
 */
public final class StreamsJoin {

    private static final Duration RETENTION = Duration.ofHours(1);

    private StreamsJoin() {}

    public static void main(String[] args) {
        var round = Long.parseLong(args[5]);
        var joined = new AtomicLong();
        var topology = topology(args[2], args[3], args[4], () -> {
            if (joined.incrementAndGet() % round == 0) {
                System.out.println("ROUND");
                System.out.flush();
            }
        });
        var streams = new KafkaStreams(topology, settings(args[0], args[1]));
        streams.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.RUNNING) {
                System.out.println("READY");
                System.out.flush();
            }
        });
        Runtime.getRuntime().addShutdownHook(new Thread(streams::close));
        streams.start();
    }

    private static Topology topology(String one, String other, String pairs, Runnable joined) {
        var builder = new StreamsBuilder();
        Serde<byte[]> bytes = Serdes.ByteArray();
        var read = Consumed.with(bytes, bytes);
        builder.stream(one, read)
                .join(
                        builder.stream(other, read),
                        (first, second) -> {
                            joined.run();
                            return second;
                        },
                        JoinWindows.ofTimeDifferenceWithNoGrace(RETENTION),
                        StreamJoined.with(bytes, bytes, bytes))
                .to(pairs, Produced.with(bytes, bytes));
        return builder.build();
    }

    /** As the processor's. */
    private static Properties settings(String kafka, String state) {
        var settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "streams-join");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, kafka);
        settings.put(StreamsConfig.STATE_DIR_CONFIG, state);
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, Capacity.COMMIT_MILLIS);
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        settings.put(StreamsConfig.producerPrefix("linger.ms"), 25);
        settings.put(StreamsConfig.producerPrefix("batch.size"), 1 << 17);
        settings.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
        return settings;
    }
}
