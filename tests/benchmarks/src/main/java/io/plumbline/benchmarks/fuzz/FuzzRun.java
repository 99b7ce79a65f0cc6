package io.plumbline.benchmarks.fuzz;

import io.plumbline.benchmarks.Figures;
import io.plumbline.benchmarks.Rig;
import io.plumbline.benchmarks.feed.Feed;
import io.plumbline.benchmarks.feed.Message;
import io.plumbline.benchmarks.feed.Senders;
import io.plumbline.cli.launch.ResidentMemory;
import io.plumbline.cli.topic.TopicReader;
import io.plumbline.contract.Topics;
import io.plumbline.contract.message.InferenceResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** All broken messages of one kind through one gateway. */
final class FuzzRun implements Feed {

    /** Published and not answered, at most: the broker keeps what the gateway has not taken in its memory. */
    private static final long MOST_WAITING = 20_000;

    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final long LOOK_MILLIS = 500;
    private static final long SETTLED_MILLIS = 3_000;
    /** Of the samples, the first that do not count: heap, code and caches fill up. */
    private static final double WARM_UP = 0.25;

    private static final double PER = 100_000;
    private static final double MB = 1048576.0;

    private final Rig rig;
    private final String kind;
    private final Broken broken;
    private final int count;
    private final Answers answers;
    private final List<double[]> samples = new ArrayList<>();

    FuzzRun(Rig rig, String kind, Broken broken, int count) {
        this.rig = rig;
        this.kind = kind;
        this.broken = broken;
        this.count = count;
        this.answers = new Answers(broken, count);
    }

    @Override
    public Message message(long number) {
        return broken.message(number);
    }

    @Override
    public boolean isDue(long number) {
        return number < count && number - answers.count() < MOST_WAITING;
    }

    @Override
    public void published(long number, Message message) {
        answers.published(number, message);
    }

    void run(Figures figures) throws Exception {
        rig.startGateway();
        var start = System.nanoTime();
        try (var reader =
                TopicReader.fromBeginning(rig.kafka(), List.of(Topics.RESULTS, Topics.DEAD_LETTERS), this::take)) {
            try (var senders = new Senders(rig.mqttUrl(), this)) {
                watch();
            }
            var seconds = (System.nanoTime() - start) / 1e9;
            Thread.sleep(SETTLED_MILLIS);
            report(figures, seconds);
        }
        rig.gateway().process().requireAlive();
        rig.stopGateway();
    }

    /** Until everything is answered, or nothing more comes. */
    private void watch() throws Exception {
        var last = -1L;
        var since = System.nanoTime();
        while (answers.count() < count && System.nanoTime() - since < SILENCE.toNanos()) {
            Thread.sleep(LOOK_MILLIS);
            rig.gateway().process().requireAlive();
            var now = answers.count();
            if (now > last) {
                last = now;
                since = System.nanoTime();
                samples.add(new double[] {now, rss()});
            }
        }
    }

    private double rss() {
        return (ResidentMemory.bytes(List.of(rig.gateway().process())) - ResidentMemory.bytes(List.of())) / MB;
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        if (record.topic().equals(Topics.RESULTS)) {
            answers.result(InferenceResult.from(record.value()).event());
        } else {
            var reason = new String(record.headers().lastHeader("reason").value(), StandardCharsets.UTF_8);
            answers.deadLetter(record.key(), record.value(), reason);
        }
    }

    private void report(Figures figures, double seconds) {
        var verdict = answers.verdict();
        System.err.println(kind + ": " + verdict);
        figures.add(kind + ".sent", count);
        figures.add(kind + ".results", verdict.results());
        figures.add(kind + ".deadLetters", verdict.deadLetters());
        figures.add(kind + ".lost", verdict.lost());
        figures.add(kind + ".duplicated", verdict.duplicated());
        figures.add(kind + ".resultsUnderAnotherName", verdict.strange());
        figures.add(kind + ".internal", verdict.internal());
        figures.add(kind + ".messagesPerSecond", count / seconds);
        var warm = samples.subList((int) (samples.size() * WARM_UP), samples.size());
        warm.forEach(sample -> figures.add(kind + ".rssMb", sample[1]));
        if (warm.size() > 1) {
            figures.add(kind + ".rssGrowthMbPer100000", PER * slope(warm));
        }
    }

    /** Least squares. */
    static double slope(List<double[]> points) {
        var meanX = points.stream().mapToDouble(point -> point[0]).average().orElse(0);
        var meanY = points.stream().mapToDouble(point -> point[1]).average().orElse(0);
        var spread = points.stream()
                .mapToDouble(point -> (point[0] - meanX) * (point[0] - meanX))
                .sum();
        var together = points.stream()
                .mapToDouble(point -> (point[0] - meanX) * (point[1] - meanY))
                .sum();
        return spread == 0 ? 0 : together / spread;
    }
}
