package io.plumbline.drift;

import io.plumbline.contract.message.FeatureSketch;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.LabelCount;
import io.plumbline.contract.message.LatencyHistogram;
import io.plumbline.contract.message.StatsDelta;
import io.plumbline.contract.wire.Require;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Deltas of one build on one site, added up over gateways, streams and windows; the order of adding does not matter.
 *
 * @param readings accepted readings
 * @param predictions one entry per label that INT8 gave
 * @param fidelity INT8 against FP32
 * @param features one entry per input feature
 * @param latency of inference
 */
public record HorizonStats(
        long readings,
        List<LabelCount> predictions,
        Fidelity fidelity,
        List<FeatureSketch> features,
        LatencyHistogram latency) {

    /** Nothing seen. */
    public static final HorizonStats NONE =
            new HorizonStats(0, List.of(), Fidelity.NONE, List.of(), LatencyHistogram.EMPTY);

    public HorizonStats {
        Require.notNegative("readings", readings);
        predictions = List.copyOf(predictions);
        features = List.copyOf(features);
    }

    public static HorizonStats of(StatsDelta delta) {
        return new HorizonStats(
                delta.readings(), delta.predictions(), delta.fidelity(), delta.features(), delta.latency());
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
                latency.plus(other.latency));
    }

    private static FeatureSketch add(FeatureSketch one, FeatureSketch two) {
        if (one.bins().size() == two.bins().size()) {
            return one.plus(two);
        }
        return one.count() >= two.count() ? one : two;
    }
}
