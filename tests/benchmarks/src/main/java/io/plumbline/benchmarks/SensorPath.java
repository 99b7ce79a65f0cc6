package io.plumbline.benchmarks;

import io.plumbline.benchmarks.naive.NaiveLoop;
import io.plumbline.benchmarks.naive.ReceiveOnly;
import io.plumbline.cli.client.TopicReader;
import io.plumbline.contract.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The reading path of the packaged gateway, beside the naive loop and beside a client that only receives: the same broker
 * process, the same load from a process of its own, interleaved in one run. The gateway does more: it acknowledges MQTT
 * only when the result is on disk, and its results reach Kafka exactly once.
 */
final class SensorPath implements Bench.Benchmark {

    private static final String NAIVE_TOPIC = "bench.naive";
    private static final String FILTER = "sites/bench/motes/+/climate";
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @Override
    public Figures run(boolean quick) throws Exception {
        var repetitions = quick ? 2 : 5;
        var messages = quick ? 8_000L : 24_000L;
        var figures = new Figures();
        var folder = Files.createTempDirectory("sensor-path");
        try (var rig = Rig.start(folder)) {
            for (int repetition = 0; repetition <= repetitions; repetition++) {
                var kept = repetition == 0 ? new Figures() : figures; // the first one warms everything up
                naive(rig, messages, kept);
                gateway(rig, messages, kept);
                receiveOnly(rig, messages, kept);
                if (repetition > 0) {
                    ratios(figures);
                }
            }
            Latency.measure(rig, figures.median("messagesPerSecond") / 2, quick ? 2_000 : 10_000, figures);
            figures.add("rssMb", rig.gatewayRssMb());
        }
        return figures;
    }

    private static void ratios(Figures figures) {
        figures.add("throughputVsNaive", figures.last("messagesPerSecond") / figures.last("naiveMessagesPerSecond"));
        figures.add(
                "cpuPerMessageVsNaive", figures.last("cpuMicrosPerMessage") / figures.last("naiveCpuMicrosPerMessage"));
        figures.add(
                "throughputVsPahoLimit",
                figures.last("messagesPerSecond") / figures.last("pahoLimitMessagesPerSecond"));
    }

    private static void naive(Rig rig, long messages, Figures figures) throws Exception {
        rig.createTopic(NAIVE_TOPIC);
        try (var loop = Child.start(
                NaiveLoop.class,
                rig.log(),
                rig.mqttUrl(),
                FILTER,
                rig.kafka(),
                NAIVE_TOPIC,
                rig.modelFile().toString())) {
            round(rig, NAIVE_TOPIC, messages / 4, loop.pid());
            var round = round(rig, NAIVE_TOPIC, messages, loop.pid());
            figures.add("naiveMessagesPerSecond", round.perSecond());
            figures.add("naiveCpuMicrosPerMessage", round.cpuMicros());
        }
    }

    private static void gateway(Rig rig, long messages, Figures figures) throws Exception {
        rig.startGateway();
        try {
            round(rig, Topics.RESULTS, messages / 4, rig.gatewayPid());
            var round = round(rig, Topics.RESULTS, messages, rig.gatewayPid());
            figures.add("messagesPerSecond", round.perSecond());
            figures.add("cpuMicrosPerMessage", round.cpuMicros());
        } finally {
            rig.stopGateway();
        }
    }

    private static void receiveOnly(Rig rig, long messages, Figures figures) throws Exception {
        try (var receiver =
                Child.start(ReceiveOnly.class, rig.log(), rig.mqttUrl(), FILTER, String.valueOf(messages))) {
            rig.load(messages);
            receiver.expect("ROUND");
            rig.awaitSent();
            var start = System.nanoTime();
            rig.load(messages);
            receiver.expect("ROUND");
            figures.add("pahoLimitMessagesPerSecond", messages / ((System.nanoTime() - start) / 1e9));
            rig.awaitSent();
        }
    }

    private record Round(double perSecond, double cpuMicros) {}

    /** From the first publish to the last result in Kafka. */
    private static Round round(Rig rig, String topic, long messages, long pid)
            throws IOException, InterruptedException {
        var arrived = new AtomicLong();
        try (var reader = TopicReader.fromNow(rig.kafka(), List.of(topic), record -> arrived.incrementAndGet())) {
            var cpu = Child.cpu(pid);
            var start = System.nanoTime();
            rig.load(messages);
            while (arrived.get() < messages) {
                if (System.nanoTime() - start > LIMIT.toNanos()) {
                    throw new IOException("only " + arrived.get() + " of " + messages + " results arrived on " + topic);
                }
                Thread.sleep(2);
            }
            var seconds = (System.nanoTime() - start) / 1e9;
            var used = Child.cpu(pid).minus(cpu);
            rig.awaitSent();
            return new Round(messages / seconds, used.toNanos() / 1e3 / messages);
        }
    }

    static Path climate(String name) {
        return Path.of(System.getProperty("plumbline.root"), "cli/src/main/resources/climate", name);
    }
}
