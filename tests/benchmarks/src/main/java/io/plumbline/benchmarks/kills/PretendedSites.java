package io.plumbline.benchmarks.kills;

import io.plumbline.cli.topic.TopicReader;
import io.plumbline.contract.Topics;
import io.plumbline.contract.artifact.TensorRange;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.CalibrationMessage;
import io.plumbline.contract.message.CandidateScore;
import io.plumbline.contract.message.ClassAgreement;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.GatewayCounters;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.message.LatencyHistogram;
import io.plumbline.contract.message.PairedDeltas;
import io.plumbline.contract.message.PromisedAccuracy;
import io.plumbline.contract.message.TensorClipping;
import io.plumbline.contract.message.TensorHistogram;
import io.plumbline.contract.wire.Counts;
import io.plumbline.contract.wire.Json;
import io.plumbline.inference.model.RangeHistogram;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Two gateways as the registry sees them: they are alive, and answer every task at once. */
final class PretendedSites implements AutoCloseable {

    static final List<SiteId> SITES = List.of(new SiteId("north"), new SiteId("south"));

    private static final long HEARTBEAT_MILLIS = 500;
    private static final double RUNNING_DELTA = 0.08;
    private static final long WINDOWS = 256;
    private static final double SURE = 0.9;
    private static final long MODEL_BYTES = 50_000;

    private final KafkaProducer<String, byte[]> producer;
    private final Map<ModelName, Running> running;
    private final TopicReader tasks;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    PretendedSites(String kafka, KafkaProducer<String, byte[]> producer, Map<ModelName, Running> running) {
        this.producer = producer;
        this.running = Map.copyOf(running);
        this.tasks = TopicReader.fromNow(kafka, List.of(Topics.CALIBRATION), this::take);
        clock.scheduleAtFixedRate(this::beat, 0, HEARTBEAT_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static GatewayId gateway(SiteId site) {
        return new GatewayId("gw-" + site);
    }

    private void beat() {
        var streams = new ArrayList<GatewayEvent.RunningStream>();
        running.forEach((model, one) ->
                streams.add(new GatewayEvent.RunningStream(new StreamId(model.value()), model, one.build())));
        for (var site : SITES) {
            var event = new GatewayEvent.Heartbeat(
                    gateway(site), site, Instant.now(), 1, streams, new GatewayCounters(0, 0, 0, 0, 0));
            send(Topics.GATEWAY_EVENTS, gateway(site).value(), event);
        }
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        var message = Json.decode(record.value(), CalibrationMessage.class);
        var what = running.get(message.model());
        for (var site : SITES) {
            if (message instanceof CalibrationMessage.Observe task && what != null) {
                send(Topics.CALIBRATION, record.key(), observed(task, what.ranges(), site));
            } else if (message instanceof CalibrationMessage.Score task) {
                send(Topics.CALIBRATION, record.key(), scored(task, site));
            }
        }
    }

    private static CalibrationMessage observed(CalibrationMessage.Observe task, List<TensorRange> ranges, SiteId site) {
        // every job sees something else
        var factor = 1 + Math.floorMod(task.recalibration().hashCode(), 100) / 100.0;
        var histograms = new ArrayList<TensorHistogram>();
        for (var range : ranges) {
            var histogram = new RangeHistogram(range.tensor(), task.bins());
            for (int window = 0; window < WINDOWS; window++) {
                histogram.add(range.min() * factor);
                histogram.add(range.max() * factor);
            }
            histograms.add(histogram.snapshot());
        }
        return new CalibrationMessage.Observed(
                task.recalibration(), task.model(), gateway(site), site, WINDOWS, histograms);
    }

    /** In three jobs of four every candidate is better than the running build. */
    private static CalibrationMessage scored(CalibrationMessage.Score task, SiteId site) {
        var helps = task.recalibration().hashCode() % 4 != 0;
        var scores = task.builds().stream()
                .map(build -> score(build, !helps || build.equals(task.builds().get(0))))
                .toList();
        return new CalibrationMessage.Scored(
                task.recalibration(), task.model(), gateway(site), site, scores, Optional.of(List.of()));
    }

    /** The same on every window. */
    private static CandidateScore score(Digest build, boolean before) {
        var clipped = before ? WINDOWS / 2 : 0;
        var delta = before ? RUNNING_DELTA : RUNNING_DELTA / 20;
        var paired = PairedDeltas.NONE;
        var promised = PromisedAccuracy.NONE;
        for (int window = 0; window < WINDOWS; window++) {
            paired = paired.with(delta, RUNNING_DELTA);
            promised = promised.with(SURE, SURE, SURE);
        }
        var latency = new long[LatencyHistogram.BINS];
        latency[LatencyHistogram.BINS / 2] = WINDOWS;
        return new CandidateScore(
                build,
                before ? "before" : "after",
                WINDOWS,
                new Fidelity(
                        List.of(new ClassAgreement("normal", WINDOWS, before ? WINDOWS - 20 : WINDOWS)),
                        delta * WINDOWS,
                        List.of(new TensorClipping("window", WINDOWS, clipped, WINDOWS, clipped))),
                new LatencyHistogram(new Counts(latency)),
                Optional.of(paired),
                Optional.of(promised),
                Optional.of(MODEL_BYTES),
                Optional.empty());
    }

    private void send(String topic, String key, Object message) {
        producer.send(new ProducerRecord<>(topic, key, Json.encode(message)));
    }

    @Override
    public void close() {
        clock.shutdownNow();
        tasks.close();
    }
}
