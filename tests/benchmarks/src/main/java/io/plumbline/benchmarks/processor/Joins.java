package io.plumbline.benchmarks.processor;

import io.plumbline.benchmarks.Bench;
import io.plumbline.benchmarks.Child;
import io.plumbline.benchmarks.Figures;
import io.plumbline.benchmarks.Rig;
import io.plumbline.benchmarks.Work;
import io.plumbline.contract.Topics;
import io.plumbline.contract.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Answers of 100,000 devices that meet the truth about them, as fast as the packaged processor counts them, beside what Kafka Streams
 * alone can join: the same records, exactly once, interleaved in one run.
 */
public final class Joins implements Bench.Benchmark {

    private static final int ROUNDS = 5;
    /** So many answers later the truth about one is known. */
    private static final int LABEL_LAG = 20_000;

    private static final String ONE = "bench.answers";
    private static final String OTHER = "bench.truths";
    private static final String PAIRS = "bench.pairs";

    /** @param label of the answer of this number, that many are behind it */
    private record Pairs(Crowd crowd, KafkaProducer<String, byte[]> producer, String results, String labels) {

        private void send(long from, long to) {
            for (long number = from; number < to; number++) {
                answer(number);
                truth(number - LABEL_LAG);
            }
            producer.flush();
        }

        private void answer(long number) {
            var result = crowd.result(number);
            var key = results.equals(ONE)
                    ? result.event().value()
                    : result.device().value();
            producer.send(new ProducerRecord<>(results, key, result.toBytes()));
        }

        private void truth(long number) {
            var label = crowd.label(number);
            var key = labels.equals(OTHER)
                    ? label.event().value()
                    : label.device().value();
            producer.send(new ProducerRecord<>(labels, key, Json.encode(label)));
        }

        /** Answers that are not known the truth of yet. */
        private void begin() {
            for (long number = 0; number < LABEL_LAG; number++) {
                answer(number);
            }
            producer.flush();
        }
    }

    private interface Wait {
        void untilJoined(long pairs) throws Exception;
    }

    @Override
    public Figures run(boolean quick) throws Exception {
        var figures = new Figures();
        var folder = Files.createTempDirectory("joins");
        var each = quick ? 20_000 : 100_000;
        try (var rig = Rig.start(folder, Work.climate())) {
            for (var topic : new String[] {ONE, OTHER, PAIRS}) {
                rig.createTopic(topic);
            }
            var begin = Instant.now().minus(Duration.ofHours(6)).truncatedTo(ChronoUnit.HOURS);
            var crowd = Capacity.crowd(rig, begin);
            var processor = rig.startProcessor(folder.resolve("processor"), Capacity.JVM, Capacity.SETTINGS);
            try (var producer = Capacity.producer(rig.kafka());
                    var bare = bare(rig, folder, each)) {
                var counted = Underway.of(processor.awaitReady());
                var ours = new Pairs(crowd, producer, Topics.RESULTS, Topics.LABELS);
                var theirs = new Pairs(crowd, producer, ONE, OTHER);
                ours.begin();
                theirs.begin();
                for (int round = 0; round <= ROUNDS; round++) {
                    var once = new Figures();
                    time(
                            once,
                            "joins",
                            ours,
                            round,
                            each,
                            processor.process().pid(),
                            pairs -> counted.await(Underway.PAIRS, pairs));
                    time(once, "streamsJoins", theirs, round, each, bare.pid(), pairs -> bare.expect("ROUND"));
                    once.add("joinsVsStreams", once.last("joinsPerSecond") / once.last("streamsJoinsPerSecond"));
                    if (round > 0) {
                        figures.addAll(once);
                    }
                }
            } finally {
                processor.process().stop(Duration.ofSeconds(20));
            }
        }
        return figures;
    }

    private static Child bare(Rig rig, Path folder, int each) throws IOException {
        return Child.start(
                Capacity.JVM,
                StreamsJoin.class,
                rig.log(),
                rig.kafka(),
                folder.resolve("bare").toString(),
                ONE,
                OTHER,
                PAIRS,
                String.valueOf(each));
    }

    private static void time(Figures figures, String name, Pairs pairs, int round, int each, long pid, Wait wait)
            throws Exception {
        var from = (long) round * each;
        var cpu = Child.cpu(pid);
        var start = System.nanoTime();
        pairs.send(LABEL_LAG + from, LABEL_LAG + from + each);
        wait.untilJoined(from + each);
        var seconds = (System.nanoTime() - start) / 1e9;
        figures.add(name + "PerSecond", each / seconds);
        figures.add(name + "CpuMicros", Child.cpu(pid).minus(cpu).toNanos() / 1e3 / each);
        System.err.printf("%s: %d after %.1f s%n", name, from + each, seconds);
    }
}
