package io.plumbline.benchmarks.processor;

import io.plumbline.benchmarks.Bench;
import io.plumbline.benchmarks.Figures;
import io.plumbline.benchmarks.Rig;
import io.plumbline.benchmarks.Work;
import io.plumbline.cli.launch.Service;
import io.plumbline.cli.topic.TopicReader;
import io.plumbline.contract.Topics;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.StatsDelta;
import io.plumbline.contract.message.TensorClipping;
import io.plumbline.contract.wire.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The packaged processor killed again and again while a fleet speaks, and then a second one, under another name, that reads the
 * same log from the beginning and is left in peace: both must have told the same.
 */
public final class Kills implements Bench.Benchmark {

    private static final List<String> TOLD = List.of(Topics.VERDICTS, Topics.MODEL_HEALTH, Topics.RECALIBRATIONS);
    private static final int SITES = 40;
    private static final int GATEWAYS = 80;
    /** One of each gateway, which answers once in a window. */
    private static final Duration INTERVAL = Duration.ofMinutes(5);

    /** Windows in which a site in four leaves the calibrated ranges. */
    private static final int STALE_EVERY = 60;

    private static final int RUNS = 50;
    private static final int QUICK_RUNS = 3;
    /** Two windows. */
    private static final int LABEL_LAG = 2 * GATEWAYS;

    private static final long TICK_MILLIS = 10;
    private static final int SHORTEST_LIFE_MILLIS = 2_000;
    private static final int LONGEST_LIFE_MILLIS = 14_000;
    private static final long SETTLED_MILLIS = 3_000;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Optional<Integer> runs;

    public Kills() {
        this(Optional.empty());
    }

    private Kills(Optional<Integer> runs) {
        this.runs = runs;
    }

    /** {@code runs}: kills. */
    @Override
    public Bench.Benchmark with(Map<String, String> settings) {
        return new Kills(Optional.ofNullable(settings.get("runs")).map(Integer::valueOf));
    }

    @Override
    public Figures run(boolean quick) throws Exception {
        var kills = runs.orElse(quick ? QUICK_RUNS : RUNS);
        var figures = new Figures();
        var folder = Files.createTempDirectory("processor-kills");
        try (var rig = Rig.start(folder, Work.climate())) {
            var begin = Instant.now().minus(Duration.ofDays(4)).truncatedTo(ChronoUnit.HOURS);
            var crowd = new Crowd(Specimens.take(rig), SITES, GATEWAYS, GATEWAYS, INTERVAL, begin);
            var killed = new Told();
            try (var reader = TopicReader.fromNow(rig.kafka(), TOLD, killed::take)) {
                kill(rig, folder, crowd, kills, figures);
            }
            var undisturbed = new Told();
            try (var reader = TopicReader.fromNow(rig.kafka(), TOLD, undisturbed::take)) {
                inPeace(rig, folder);
            }
            figures.add("kills", kills);
            figures.add("verdicts", undisturbed.verdicts());
            figures.add("requests", undisturbed.requests());
            figures.add("labelledInTheEnd", undisturbed.labelled());
            figures.add("cohortsWithOtherVerdicts", killed.otherVerdicts(undisturbed));
            figures.add("cohortsWithOtherHealth", killed.otherHealth(undisturbed));
            figures.add("otherRequests", killed.otherRequests(undisturbed));
        }
        return figures;
    }

    private static void kill(Rig rig, Path folder, Crowd crowd, int kills, Figures figures) throws Exception {
        var random = new SplittableRandom(1);
        var speaking = new AtomicBoolean(true);
        try (var producer = Capacity.producer(rig.kafka())) {
            var speaker = new Speaker(crowd, producer, speaking);
            var thread = new Thread(speaker, "speaker");
            thread.start();
            var processor = start(rig, folder, "killed");
            try {
                for (int run = 1; run <= kills; run++) {
                    Thread.sleep(random.nextInt(SHORTEST_LIFE_MILLIS, LONGEST_LIFE_MILLIS));
                    processor.process().kill();
                    processor = start(rig, folder, "killed");
                    System.err.println("killed " + run + " of " + kills);
                }
                speaking.set(false);
                thread.join();
                figures.add("deltas", speaker.deltas);
                figures.add("labels", speaker.labels);
                settle(rig, "killed");
            } finally {
                speaking.set(false);
                processor.process().stop(PATIENCE);
            }
        }
    }

    private static void inPeace(Rig rig, Path folder) throws Exception {
        var processor = start(rig, folder, "peace");
        try {
            settle(rig, "peace");
        } finally {
            processor.process().stop(PATIENCE);
        }
    }

    private static Service start(Rig rig, Path folder, String name) throws Exception {
        return rig.startProcessor(
                folder.resolve(name), List.of(), Map.of("quarkus.kafka-streams.application-id", name));
    }

    /** All is counted, and the health that it changed has been told. */
    private static void settle(Rig rig, String group) throws Exception {
        Lag.awaitNone(rig.kafka(), group);
        Thread.sleep(SETTLED_MILLIS);
    }

    /** A gateway's delta, a result and a label every few milliseconds. */
    private static final class Speaker implements Runnable {

        private final Crowd crowd;
        private final KafkaProducer<String, byte[]> producer;
        private final AtomicBoolean speaking;
        private long deltas;
        private long labels;

        private Speaker(Crowd crowd, KafkaProducer<String, byte[]> producer, AtomicBoolean speaking) {
            this.crowd = crowd;
            this.producer = producer;
            this.speaking = speaking;
        }

        @Override
        public void run() {
            try {
                for (long number = 0; speaking.get(); number++) {
                    speak(number);
                    Thread.sleep(TICK_MILLIS);
                }
                producer.flush();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void speak(long number) {
            var delta = staleNowAndThen(number);
            send(Topics.MODEL_STATS, delta.partitionKey(), delta.toBytes());
            deltas++;
            var result = crowd.result(number);
            send(Topics.RESULTS, result.device().value(), result.toBytes());
            if (number >= LABEL_LAG) {
                var label = crowd.label(number - LABEL_LAG);
                send(Topics.LABELS, label.device().value(), Json.encode(label));
                labels++;
            }
        }

        private void send(String topic, String key, byte[] value) {
            producer.send(new ProducerRecord<>(topic, key, value));
        }

        private StatsDelta staleNowAndThen(long number) {
            var delta = crowd.delta(number);
            var site = number % GATEWAYS % SITES;
            var window = number / GATEWAYS;
            return site % 4 == 1 && window / STALE_EVERY % 2 == 1 ? clipped(delta) : delta;
        }

        private static StatsDelta clipped(StatsDelta delta) {
            var fidelity = delta.fidelity();
            var all = fidelity.clipping().stream()
                    .map(tensor -> new TensorClipping(
                            tensor.tensor(), tensor.windows(), tensor.windows(), tensor.values(), tensor.values()))
                    .toList();
            return new StatsDelta(
                    delta.key(),
                    delta.readings(),
                    delta.predictions(),
                    new Fidelity(fidelity.classes(), fidelity.sumAbsoluteDelta(), all),
                    delta.features(),
                    delta.latency(),
                    delta.faults(),
                    delta.confidence());
        }
    }
}
