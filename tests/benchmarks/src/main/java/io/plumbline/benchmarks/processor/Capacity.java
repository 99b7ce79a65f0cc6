package io.plumbline.benchmarks.processor;

import io.plumbline.benchmarks.Bench;
import io.plumbline.benchmarks.Figures;
import io.plumbline.benchmarks.Rig;
import io.plumbline.benchmarks.Work;
import io.plumbline.cli.launch.ResidentMemory;
import io.plumbline.contract.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Statistics of 5,000 gateways with 100,000 devices on 500 sites, as fast as one processor counts them: the packaged
 * service, exactly once, over a real Kafka on the same two cores.
 */
public final class Capacity implements Bench.Benchmark {

    private static final int SITES = 500;
    private static final int GATEWAYS = 5_000;
    private static final int DEVICES = 100_000;
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final int ROUNDS = 5;
    /** Of the processor. */
    static final int COMMIT_MILLIS = 100;

    static final List<String> JVM = List.of("-Xmx512m", "-XX:TieredStopAtLevel=4");
    /** Short, so that the state stops growing while this runs. */
    static final Map<String, String> SETTINGS = Map.of("plumbline.processor.retention", "PT1H");

    private static final double MB = 1048576.0;

    @Override
    public Figures run(boolean quick) throws Exception {
        var figures = new Figures();
        var folder = Files.createTempDirectory("capacity");
        try (var rig = Rig.start(folder, Work.climate())) {
            var begin = Instant.now().minus(Duration.ofDays(2)).truncatedTo(ChronoUnit.HOURS);
            var crowd = crowd(rig, begin);
            figures.add(
                    "bytesPerDelta",
                    crowd.specimens().deltas().stream()
                            .mapToInt(delta -> delta.toBytes().length)
                            .average()
                            .orElseThrow());
            var state = folder.resolve("processor");
            var processor = rig.startProcessor(state, JVM, SETTINGS);
            try (var producer = producer(rig.kafka())) {
                var run = new Run(crowd, Underway.of(processor.awaitReady()), producer, figures);
                run.deltas(quick ? GATEWAYS : 8 * GATEWAYS);
                figures.add("stateBytesPerBuildSite", (double) size(state) / SITES);
                figures.add(
                        "rssMb",
                        (ResidentMemory.bytes(List.of(processor.process())) - ResidentMemory.bytes(List.of())) / MB);
            } finally {
                processor.process().stop(Duration.ofSeconds(20));
            }
        }
        return figures;
    }

    static Crowd crowd(Rig rig, Instant begin) throws Exception {
        return new Crowd(Specimens.take(rig), SITES, GATEWAYS, DEVICES, INTERVAL, begin);
    }

    static KafkaProducer<String, byte[]> producer(String kafka) {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        kafka,
                        ProducerConfig.LINGER_MS_CONFIG,
                        20,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        1 << 17),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    private static long size(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private record Run(Crowd crowd, Underway processor, KafkaProducer<String, byte[]> producer, Figures figures) {

        private void deltas(int each) throws IOException, InterruptedException {
            var already = processor.count(Underway.DELTAS);
            for (int round = 0; round <= ROUNDS; round++) {
                var from = (long) round * each;
                var taken = time(Underway.DELTAS, already + from + each, () -> {
                    for (long number = from; number < from + each; number++) {
                        var delta = crowd.delta(number);
                        send(Topics.MODEL_STATS, delta.partitionKey(), delta.toBytes());
                    }
                });
                if (round > 0) {
                    figures.add("deltasPerMinute", 60 * each / taken.seconds);
                    figures.add("cpuMicrosPerDelta", taken.cpuMicros / each);
                }
            }
        }

        private void send(String topic, String key, byte[] value) {
            producer.send(new ProducerRecord<>(topic, key, value));
        }

        private record Taken(double seconds, double cpuMicros) {}

        private Taken time(String counter, long until, Runnable load) throws IOException, InterruptedException {
            var cpu = processor.cpu();
            var start = System.nanoTime();
            load.run();
            producer.flush();
            processor.await(counter, until);
            var seconds = (System.nanoTime() - start) / 1e9;
            System.err.printf("%s: %d after %.1f s%n", counter, until, seconds);
            return new Taken(seconds, processor.cpu().minus(cpu).toNanos() / 1e3);
        }
    }
}
