package io.plumbline.benchmarks.real;

import io.plumbline.contract.artifact.ReferenceProfile;
import io.plumbline.contract.message.ConfidenceSketch;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.LabelCount;
import io.plumbline.contract.message.LatencyHistogram;
import io.plumbline.contract.message.SensorFault;
import io.plumbline.contract.message.SensorFaults;
import io.plumbline.contract.message.StatsDelta;
import io.plumbline.contract.message.StatsKey;
import io.plumbline.contract.wire.Counts;
import io.plumbline.inference.model.Answer;
import io.plumbline.inference.window.FeatureCounter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a gateway counts of one window, without latency. Not thread-safe. */
final class Counted {

    private final List<String> labels;
    private final List<FeatureCounter> features;
    private final Map<String, long[]> confidence = new LinkedHashMap<>();
    private final List<SensorFault> faults = new ArrayList<>();
    private Fidelity fidelity = Fidelity.NONE;
    private long readings;

    /** @param labels of the card, by which a detector names what it found */
    Counted(ReferenceProfile profile, List<String> labels) {
        this.labels = labels;
        this.features = profile.features().stream().map(FeatureCounter::new).toList();
    }

    void reading(float[] values) {
        readings++;
        for (int i = 0; i < features.size(); i++) {
            features.get(i).add(values[i]);
        }
    }

    void answered(Answer answer, Fidelity compared) {
        fidelity = fidelity.plus(compared);
        answer.prediction().ifPresent(p -> sure(p.label(), p.score()));
        answer.detections().forEach(one -> sure(labels.get(one.label()), Math.min(1, one.score())));
    }

    private void sure(String label, double score) {
        confidence.computeIfAbsent(label, key -> new long[ConfidenceSketch.BINS])[ConfidenceSketch.binOf(score)]++;
    }

    void fault(SensorFault fault) {
        faults.add(fault);
    }

    StatsDelta delta(StatsKey key) {
        var sketches = new ArrayList<ConfidenceSketch>();
        var predictions = new ArrayList<LabelCount>();
        confidence.forEach((label, bins) -> {
            var counts = new Counts(bins);
            sketches.add(new ConfidenceSketch(label, counts, 0, 0));
            predictions.add(new LabelCount(label, counts.total()));
        });
        return new StatsDelta(
                key,
                readings,
                predictions,
                fidelity,
                features.stream().map(FeatureCounter::sketch).toList(),
                LatencyHistogram.EMPTY,
                SensorFaults.of(faults, 0),
                sketches);
    }
}
