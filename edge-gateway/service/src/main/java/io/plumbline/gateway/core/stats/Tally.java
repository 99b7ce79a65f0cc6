package io.plumbline.gateway.core.stats;

import io.plumbline.contract.artifact.ReferenceProfile;
import io.plumbline.contract.message.FeatureSketch;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.Frame;
import io.plumbline.contract.message.LabelCount;
import io.plumbline.contract.message.LatencyHistogram;
import io.plumbline.contract.message.SensorFaults;
import io.plumbline.contract.message.StatsDelta;
import io.plumbline.contract.message.StatsKey;
import io.plumbline.contract.wire.Counts;
import io.plumbline.inference.window.FeatureCounter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Counts of one subject in one window that were not sent yet. Not thread-safe. */
final class Tally {

    /** Of a detector: how many it found in each frame, and the score of each. */
    private static final List<ReferenceProfile.Feature> FOUND = List.of(
            new ReferenceProfile.Feature("detections", List.of(1.0, 2.0, 3.0, 5.0, 9.0, 17.0), Counts.zeros(7)),
            new ReferenceProfile.Feature(
                    "score", List.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9), Counts.zeros(10)));

    private final Instant openedAt;
    private long readings;
    private final Map<String, Long> predictions = new LinkedHashMap<>();
    private Fidelity fidelity = Fidelity.NONE;
    private List<FeatureSketch> sketchesBefore = List.of();
    private List<FeatureCounter> features = List.of();
    private List<FeatureCounter> found = List.of();
    private final long[] latency = new long[LatencyHistogram.BINS];
    private FaultTally faults = new FaultTally(SensorFaults.NONE);
    private ConfidenceTally confidence = new ConfidenceTally();

    /** @param openedAt wall clock */
    Tally(Instant openedAt) {
        this.openedAt = openedAt;
    }

    /** Continues what a snapshot holds. */
    static Tally continuing(StatsDelta saved, Instant openedAt) {
        var tally = new Tally(openedAt);
        tally.readings = saved.readings();
        saved.predictions().forEach(p -> tally.predictions.put(p.label(), p.count()));
        tally.fidelity = saved.fidelity();
        tally.sketchesBefore = saved.features();
        tally.faults = new FaultTally(saved.faults());
        tally.confidence = ConfidenceTally.continuing(saved.confidence());
        for (int i = 0; i < tally.latency.length; i++) {
            tally.latency[i] = saved.latency().bins().get(i);
        }
        return tally;
    }

    Instant openedAt() {
        return openedAt;
    }

    /** Counts it wholly or, should it not fit what was counted before, not at all. */
    void add(Observation observation) {
        fidelity = observation.fidelity().map(fidelity::plus).orElse(fidelity);
        readings++;
        var result = observation.result();
        result.prediction().ifPresent(p -> {
            predictions.merge(p.label(), 1L, Long::sum);
            confidence.add(p.label(), p.score());
            latency[LatencyHistogram.binOf(result.latencyNanos())]++;
        });
        observation.detected().ifPresent(frame -> {
            frame.found().forEach(one -> {
                predictions.merge(one.label(), 1L, Long::sum);
                confidence.add(one.label(), one.score());
            });
            latency[LatencyHistogram.binOf(result.latencyNanos())]++;
        });
        sketch(observation);
    }

    FaultTally faults() {
        return faults;
    }

    private void sketch(Observation observation) {
        if (features.isEmpty() && observation.profile().isPresent()) {
            features = observation.profile().get().features().stream()
                    .map(FeatureCounter::new)
                    .toList();
        }
        var values = observation.values();
        for (int i = 0; i < Math.min(values.length, features.size()); i++) {
            features.get(i).add(values[i]);
        }
        observation.detected().ifPresent(this::sketch);
    }

    private void sketch(Frame frame) {
        if (found.isEmpty()) {
            found = FOUND.stream().map(FeatureCounter::new).toList();
        }
        found.get(0).add(frame.found().size());
        frame.found().forEach(one -> found.get(1).add(one.score()));
    }

    StatsDelta toDelta(StatsKey key) {
        var labels = predictions.entrySet().stream()
                .map(entry -> new LabelCount(entry.getKey(), entry.getValue()))
                .toList();
        var histogram = new LatencyHistogram(new Counts(latency));
        return new StatsDelta(
                key, readings, labels, fidelity, sketches(), histogram, faults.faults(), confidence.sketches());
    }

    private List<FeatureSketch> sketches() {
        var byName = new LinkedHashMap<String, FeatureSketch>();
        Stream.of(features, found)
                .flatMap(List::stream)
                .map(FeatureCounter::sketch)
                .forEach(one -> byName.put(one.feature(), one));
        sketchesBefore.forEach(one -> byName.merge(one.feature(), one, FeatureSketch::plus));
        return List.copyOf(byName.values());
    }
}
