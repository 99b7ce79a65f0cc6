package io.plumbline.drift.horizon;

import io.plumbline.contract.message.ConfidenceSketch;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.LabelCount;
import io.plumbline.contract.message.LatencyHistogram;
import io.plumbline.contract.message.SensorFaults;
import io.plumbline.contract.message.StatsDelta;
import io.plumbline.contract.wire.ByName;
import io.plumbline.contract.wire.Counts;
import io.plumbline.contract.wire.Require;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;

/**
 * Deltas of one build on one site, added up over gateways, streams and windows; the order of adding does not matter, to the last bit,
 * unless senders are broken.
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
        List<FeatureCounts> features,
        LatencyHistogram latency,
        Optional<SensorFaults> faults,
        Optional<List<AnswerCounts>> confidence) {

    /* Sums of multiples of it are exact below 2^33, so that the order of adding does not show. */
    private static final double GRID = 0x1p-20;
    /* Named in a sum of deltas; with more faulty devices on one site in one window the names depend on the order of adding. */
    private static final int MOST_DEVICES = 1_024;

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
            List<FeatureCounts> features,
            LatencyHistogram latency) {
        this(readings, predictions, fidelity, features, latency, Optional.empty(), Optional.empty());
    }

    public static HorizonStats of(StatsDelta delta) {
        var fidelity = delta.fidelity();
        return new HorizonStats(
                delta.readings(),
                delta.predictions(),
                new Fidelity(
                        fidelity.classes(), Math.rint(fidelity.sumAbsoluteDelta() / GRID) * GRID, fidelity.clipping()),
                delta.features().stream().map(FeatureCounts::of).toList(),
                delta.latency(),
                Optional.of(delta.faults()).filter(faults -> !faults.equals(SensorFaults.NONE)),
                Optional.of(delta.confidence().stream().map(AnswerCounts::of).toList())
                        .filter(answers -> !answers.isEmpty()));
    }

    /** Both together. */
    public HorizonStats plus(HorizonStats other) {
        return new HorizonStats(
                readings + other.readings,
                ByName.plus(predictions, other.predictions, LabelCount::label, LabelCount::plus),
                fidelity.plus(other.fidelity),
                ByName.plus(features, other.features, FeatureCounts::feature, FeatureCounts::plus),
                latency.plus(other.latency),
                either(faults, other.faults, (one, two) -> one.plus(two, MOST_DEVICES)),
                either(
                        confidence,
                        other.confidence,
                        (one, two) -> ByName.plus(one, two, AnswerCounts::label, AnswerCounts::plus)));
    }

    /** The same with no more faulty devices named than a verdict is to show. */
    HorizonStats shortened() {
        return new HorizonStats(
                readings, predictions, fidelity, features, latency, faults.map(SensorFaults::shortened), confidence);
    }

    /** Answers of all labels by the {@link ConfidenceSketch#binOf bin} of their score. */
    public Counts answers() {
        return confidence.orElse(List.of()).stream()
                .map(AnswerCounts::bins)
                .reduce(Counts.zeros(ConfidenceSketch.BINS), Counts::plus);
    }

    private static <T> Optional<T> either(Optional<T> one, Optional<T> two, BinaryOperator<T> both) {
        return one.isPresent() && two.isPresent() ? Optional.of(both.apply(one.get(), two.get())) : one.or(() -> two);
    }
}
