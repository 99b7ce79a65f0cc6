package io.plumbline.benchmarks.faults;

import io.plumbline.benchmarks.Figures;
import io.plumbline.benchmarks.Rig;
import io.plumbline.benchmarks.feed.Feed;
import io.plumbline.benchmarks.feed.Message;
import io.plumbline.benchmarks.feed.Senders;
import io.plumbline.cli.topic.Copies;
import io.plumbline.cli.topic.TopicReader;
import io.plumbline.contract.Topics;
import io.plumbline.contract.message.InferenceResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** One kind of fault, again and again, on one gateway under load. */
final class Trial {

    private static final double PER_SECOND = 500;
    /** As many as prove a build, several times over: a build on probation is another story. */
    private static final long BEFORE_THE_FIRST = 2_000;

    private static final int LONGEST_CALM_MILLIS = 6_000;
    /** One fault in two does not wait until the gateway has recovered from the one before. */
    private static final int HASTY_ONE_IN = 2;

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final long LOOK_MILLIS = 5;
    private static final long SETTLED_MILLIS = 3_000;

    private final Rig rig;
    private final Fault fault;
    private final SplittableRandom random;
    private final Ledger ledger;
    private final Script script;
    private final Copies copies = new Copies(this::take);

    Trial(Rig rig, Fault fault, long seed) {
        this.rig = rig;
        this.fault = fault;
        this.random = new SplittableRandom(seed);
        this.script = new Script(seed, Instant.now().minus(Duration.ofDays(3)).truncatedTo(ChronoUnit.SECONDS));
        this.ledger = new Ledger(script);
    }

    void run(int runs, Figures figures) throws Exception {
        rig.startGateway();
        try (var reader =
                TopicReader.fromBeginning(rig.kafka(), List.of(Topics.RESULTS, Topics.DEAD_LETTERS), copies)) {
            var start = System.nanoTime();
            var pid = rig.gatewayPid();
            var written = written(pid);
            strike(runs, figures);
            var seconds = (System.nanoTime() - start) / 1e9;
            report(figures, seconds);
            if (rig.gatewayPid() == pid) {
                figures.add(
                        key("bytesWrittenPerMessage"),
                        (double) (written(pid) - written) / ledger.verdict().sent());
            }
        }
    }

    private void strike(int runs, Figures figures) throws Exception {
        try (var load = new Senders(rig.mqttUrl(), new Steady(script, ledger, System.nanoTime()))) {
            awaitAnswerFrom(BEFORE_THE_FIRST);
            for (int run = 1; run <= runs; run++) {
                Thread.sleep(random.nextInt(LONGEST_CALM_MILLIS));
                fault.down(rig);
                if (fault.longestAwayMillis() > 0) {
                    Thread.sleep(random.nextInt(fault.longestAwayMillis()));
                }
                var startedAt = System.nanoTime();
                var first = load.next();
                fault.up(rig);
                if (run == runs || random.nextInt(HASTY_ONE_IN) > 0) {
                    awaitAnswerFrom(first);
                    figures.add(key("recoverySeconds"), (System.nanoTime() - startedAt) / 1e9);
                }
                System.err.printf("%s %d of %d, %s%n", fault.kind(), run, runs, ledger.verdict());
            }
            figures.add(key("runs"), runs);
        }
        awaitAll();
    }

    /** What a process made the kernel write to disks so far, in bytes. */
    private static long written(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "io")).stream()
                .filter(line -> line.startsWith("write_bytes: "))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
                .findFirst()
                .orElseThrow(() -> new IOException("what process " + pid + " wrote is not to be had here"));
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        if (record.topic().equals(Topics.RESULTS)) {
            ledger.result(InferenceResult.from(record.value()).event());
        } else {
            ledger.deadLetter(record.value());
        }
    }

    private void awaitAnswerFrom(long number) throws IOException, InterruptedException {
        var end = System.nanoTime() + LIMIT.toNanos();
        while (ledger.newestAnswered() < number) {
            if (System.nanoTime() > end) {
                throw new IOException("message " + number + " and those after it are not answered after "
                        + LIMIT.toSeconds() + " s: " + ledger.verdict());
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /** Then waits on for what should not come. */
    private void awaitAll() throws InterruptedException {
        var end = System.nanoTime() + LIMIT.toNanos();
        while (ledger.outstanding() > 0 && System.nanoTime() < end) {
            Thread.sleep(LOOK_MILLIS * 10);
        }
        Thread.sleep(SETTLED_MILLIS);
    }

    private void report(Figures figures, double seconds) {
        var verdict = ledger.verdict();
        System.err.println(fault.kind() + (verdict.isExact() ? " exact: " : " NOT EXACT: ") + verdict + ", "
                + copies.count() + " copies");
        figures.add(key("sent"), verdict.sent());
        figures.add(key("results"), verdict.results());
        figures.add(key("deadLetters"), verdict.deadLetters());
        figures.add(key("lost"), verdict.lost());
        figures.add(key("duplicated"), verdict.duplicated());
        figures.add(key("outOfOrder"), verdict.outOfOrder());
        figures.add(key("copies"), copies.count());
        figures.add(key("repeatedResults"), verdict.repeatedResults());
        figures.add(key("repeatedDeadLetters"), verdict.repeatedDeadLetters());
        figures.add(key("messagesPerSecond"), verdict.sent() / seconds);
    }

    private String key(String figure) {
        return fault.kind() + "." + figure;
    }

    /** At a constant rate; what could not be published in time follows as fast as it can. */
    private record Steady(Script script, Ledger ledger, long startNanos) implements Feed {

        @Override
        public Message message(long number) {
            return script.message(number);
        }

        @Override
        public boolean isDue(long number) {
            return System.nanoTime() - startNanos >= number / PER_SECOND * 1e9;
        }

        @Override
        public void published(long number, Message message) {
            ledger.published(number, message.payload());
        }
    }
}
