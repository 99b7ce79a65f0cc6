package io.plumbline.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.benchmarks.naive.NaiveLoop;
import io.plumbline.benchmarks.naive.ReceiveOnly;
import io.plumbline.cli.topic.TopicReader;
import io.plumbline.contract.Topics;
import io.plumbline.contract.message.InferenceResult;
import io.plumbline.contract.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The reading path of the packaged gateway, beside the naive loop and beside a client that only receives: the same broker
 * process, the same load from a process of its own, interleaved in one run. The gateway does more: it acknowledges MQTT
 * only when the result is on disk, and none of its results is lost on the way to Kafka.
 */
final class SensorPath implements Bench.Benchmark {

    private static final String NAIVE_TOPIC = "bench.naive";
    /** One each: the broker keeps what it has for a client that is away, and would hand it over in the next round. */
    private static final String NAIVE_SITE = "naive";

    private static final String RECEIVER_SITE = "receiver";
    private static final double LATENCY_RATE = 2_000;
    private static final int MEMORY_RATE = 5_000;
    private static final long WARM_UP = 300_000;
    private static final int SETTLING_SECONDS = 60;
    private static final Latency.Way NAIVE =
            new Latency.Way(NAIVE_SITE, NAIVE_TOPIC, Latency.Moment.APPENDED, SensorPath::naiveNumber);
    private static final Latency.Way APPENDED =
            new Latency.Way(Rig.SITE, Topics.RESULTS, Latency.Moment.APPENDED, SensorPath::gatewayNumber);
    private static final Latency.Way COMMITTED =
            new Latency.Way(Rig.SITE, Topics.RESULTS, Latency.Moment.COMMITTED, SensorPath::gatewayNumber);
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @Override
    public Figures run(boolean quick) throws Exception {
        var figures = new Figures();
        var folder = Files.createTempDirectory("sensor-path");
        try (var rig = Rig.start(folder, Work.climate())) {
            rig.createTopic(NAIVE_TOPIC);
            try (var naive = startNaive(rig)) {
                rig.startGateway();
                throughput(rig, naive, quick, figures);
                latency(rig, quick, figures);
            } finally {
                rig.stopGateway();
            }
            memory(rig, quick, figures);
        }
        return figures;
    }

    /** Both processes live on from round to round, as they would; the one whose turn it is not has nothing to do. */
    private static void throughput(Rig rig, Child naive, boolean quick, Figures figures) throws Exception {
        var messages = quick ? 20_000L : 40_000L;
        round(rig, NAIVE_SITE, NAIVE_TOPIC, WARM_UP, naive.pid());
        round(rig, Rig.SITE, Topics.RESULTS, WARM_UP, rig.gatewayPid());
        for (int repetition = 0; repetition < (quick ? 1 : 5); repetition++) {
            Undisturbed.measure(figures, () -> rounds(rig, naive, messages), figures::addAll);
        }
    }

    private static Figures rounds(Rig rig, Child naive, long messages) throws Exception {
        var simple = round(rig, NAIVE_SITE, NAIVE_TOPIC, messages, naive.pid());
        var gateway = round(rig, Rig.SITE, Topics.RESULTS, messages, rig.gatewayPid());
        var receiver = receiveOnly(rig, messages);
        var figures = new Figures();
        figures.add("naiveMessagesPerSecond", simple.perSecond());
        figures.add("naiveCpuMicrosPerMessage", simple.cpuMicros());
        figures.add("messagesPerSecond", gateway.perSecond());
        figures.add("cpuMicrosPerMessage", gateway.cpuMicros());
        figures.add("pahoLimitMessagesPerSecond", receiver);
        figures.add("throughputVsNaive", gateway.perSecond() / simple.perSecond());
        figures.add("cpuPerMessageVsNaive", gateway.cpuMicros() / simple.cpuMicros());
        figures.add("throughputVsPahoLimit", gateway.perSecond() / receiver);
        return figures;
    }

    /** At a rate that both can follow. */
    private static void latency(Rig rig, boolean quick, Figures figures) throws Exception {
        var rate = Math.min(LATENCY_RATE, figures.median("naiveMessagesPerSecond") / 2);
        var messages = (int) (rate * (quick ? 6 : 20));
        figures.add("latencyMessagesPerSecond", rate);
        // At full load the compiler learns of other paths than at this one, and takes minutes for the largest of them.
        Latency.measure(rig, NAIVE, rate, (int) (rate * (quick ? 6 : SETTLING_SECONDS)), new Figures(), "");
        Latency.measure(rig, APPENDED, rate, (int) (rate * (quick ? 6 : SETTLING_SECONDS)), new Figures(), "");
        for (int repetition = 0; repetition < (quick ? 1 : 3); repetition++) {
            delays(rig, NAIVE, "MillisNaive", messages, figures);
            delays(rig, APPENDED, "MillisHalfLoad", messages, figures);
        }
        delays(rig, COMMITTED, "MillisCommitted", messages, figures);
    }

    private static void delays(Rig rig, Latency.Way way, String name, int messages, Figures figures) throws Exception {
        var rate = figures.median("latencyMessagesPerSecond");
        Undisturbed.measure(
                figures,
                () -> {
                    var once = new Figures();
                    Latency.measure(rig, way, rate, messages, once, name);
                    return once;
                },
                figures::addAll);
    }

    /** Of a gateway that has never seen more than this rate. */
    private static void memory(Rig rig, boolean quick, Figures figures) throws Exception {
        rig.startGateway();
        try {
            Latency.measure(rig, APPENDED, MEMORY_RATE, MEMORY_RATE * (quick ? 6 : 60), figures, "MillisAt5000");
        } finally {
            rig.stopGateway();
        }
        figures.add("rssMb", rig.gatewayRssMb());
    }

    private static int gatewayNumber(byte[] value) {
        var result = InferenceResult.from(value);
        var event = result.event().value();
        return Load.number(result.device().value(), Long.parseLong(event.substring(event.lastIndexOf('-') + 1)));
    }

    private static int naiveNumber(byte[] value) {
        var answer = Json.decode(value, JsonNode.class);
        return Load.number(answer.get("device").asText(), answer.get("seq").asLong());
    }

    private static Child startNaive(Rig rig) throws IOException {
        return Child.start(
                NaiveLoop.class,
                rig.log(),
                rig.mqttUrl(),
                filter(NAIVE_SITE),
                rig.kafka(),
                NAIVE_TOPIC,
                rig.modelFile().toString());
    }

    /** Messages a second. */
    private static double receiveOnly(Rig rig, long messages) throws Exception {
        try (var receiver = Child.start(
                ReceiveOnly.class, rig.log(), rig.mqttUrl(), filter(RECEIVER_SITE), String.valueOf(messages))) {
            rig.load(RECEIVER_SITE, messages);
            receiver.expect("ROUND");
            rig.awaitSent();
            var start = System.nanoTime();
            rig.load(RECEIVER_SITE, messages);
            receiver.expect("ROUND");
            var seconds = (System.nanoTime() - start) / 1e9;
            rig.awaitSent();
            return messages / seconds;
        }
    }

    private static String filter(String site) {
        return "sites/" + site + "/motes/+/climate";
    }

    /** What one round took of a process. */
    record Round(double perSecond, double cpuMicros) {}

    /** From the first publish to the last result in Kafka. */
    static Round round(Rig rig, String site, String topic, long messages, long pid)
            throws IOException, InterruptedException {
        var arrived = new AtomicLong();
        try (var reader = TopicReader.fromNow(
                rig.kafka(), topic, TopicReader.Isolation.COMMITTED, record -> arrived.incrementAndGet())) {
            var cpu = Child.cpu(pid);
            var start = System.nanoTime();
            rig.load(site, messages);
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
