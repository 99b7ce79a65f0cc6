package io.plumbline.drift.horizon;

import io.plumbline.contract.message.ConfidenceSketch;
import io.plumbline.contract.message.FeatureSketch;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.LabelCount;
import io.plumbline.contract.message.LatencyHistogram;
import io.plumbline.contract.message.SensorFaults;
import io.plumbline.contract.message.StatsDelta;
import io.plumbline.contract.wire.Counts;
import io.plumbline.contract.wire.Require;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;

/**
 * Deltas of one build on one site, added up over gateways, streams and windows; the order of adding does not matter.
 *
 * @param readings accepted readings
 * @param predictions one entry per label that INT8 gave
 * @param fidelity INT8 against FP32
 * @param features one entry per input feature
 * @param latency of inference
 * @param faults of sensors; empty where there was none
 * @param confidence one entry per label that INT8 gave; empty where gateways did not tell
 */
public record HorizonStats(
        long readings,
        List<LabelCount> predictions,
        Fidelity fidelity,
        List<FeatureSketch> features,
        LatencyHistogram latency,
        Optional<SensorFaults> faults,
        Optional<List<ConfidenceSketch>> confidence) {

    /** Nothing seen. */
    public static final HorizonStats NONE =
            new HorizonStats(0, List.of(), Fidelity.NONE, List.of(), LatencyHistogram.EMPTY);

    public HorizonStats {
        Require.notNegative("readings", readings);
        predictions = List.copyOf(predictions);
        features = List.copyOf(features);
        confidence = confidence.map(List::copyOf);
    }

    /** Without a fault of a sensor, and without confidence. */
    public HorizonStats(
            long readings,
            List<LabelCount> predictions,
            Fidelity fidelity,
            List<FeatureSketch> features,
            LatencyHistogram latency) {
        this(readings, predictions, fidelity, features, latency, Optional.empty(), Optional.empty());
    }

    public static HorizonStats of(StatsDelta delta) {
        return new HorizonStats(
                delta.readings(),
                delta.predictions(),
                delta.fidelity(),
                delta.features(),
                delta.latency(),
                Optional.of(delta.faults()).filter(faults -> !faults.equals(SensorFaults.NONE)),
                Optional.of(delta.confidence()).filter(sketches -> !sketches.isEmpty()));
    }

    /**
     * Both together. Sketches of one feature whose bins differ in number cannot be added, which only a broken sender
     * causes: the larger sample stays.
     */
    public HorizonStats plus(HorizonStats other) {
        Map<String, LabelCount> byLabel = new LinkedHashMap<>();
        predictions.forEach(p -> byLabel.merge(p.label(), p, LabelCount::plus));
        other.predictions.forEach(p -> byLabel.merge(p.label(), p, LabelCount::plus));
        Map<String, FeatureSketch> byFeature = new LinkedHashMap<>();
        features.forEach(f -> byFeature.merge(f.feature(), f, HorizonStats::add));
        other.features.forEach(f -> byFeature.merge(f.feature(), f, HorizonStats::add));
        return new HorizonStats(
                readings + other.readings,
                List.copyOf(byLabel.values()),
                fidelity.plus(other.fidelity),
                List.copyOf(byFeature.values()),
                latency.plus(other.latency),
                either(faults, other.faults, SensorFaults::plus),
                either(confidence, other.confidence, HorizonStats::add));
    }

    /** Answers of all labels by the {@link ConfidenceSketch#binOf bin} of their score. */
    public Counts answers() {
        return confidence.orElse(List.of()).stream()
                .map(ConfidenceSketch::bins)
                .reduce(Counts.zeros(ConfidenceSketch.BINS), Counts::plus);
    }

    private static <T> Optional<T> either(Optional<T> one, Optional<T> two, BinaryOperator<T> both) {
        return one.isPresent() && two.isPresent() ? Optional.of(both.apply(one.get(), two.get())) : one.or(() -> two);
    }

    private static List<ConfidenceSketch> add(List<ConfidenceSketch> one, List<ConfidenceSketch> two) {
        Map<String, ConfidenceSketch> byLabel = new LinkedHashMap<>();
        one.forEach(c -> byLabel.merge(c.label(), c, ConfidenceSketch::plus));
        two.forEach(c -> byLabel.merge(c.label(), c, ConfidenceSketch::plus));
        return List.copyOf(byLabel.values());
    }

    private static FeatureSketch add(FeatureSketch one, FeatureSketch two) {
        if (one.bins().size() == two.bins().size()) {
            return one.plus(two);
        }
        return one.count() >= two.count() ? one : two;
    }
}
