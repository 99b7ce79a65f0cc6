package io.plumbline.drift;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.message.ClassAgreement;
import io.plumbline.contract.message.ConfidenceSketch;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.LatencyHistogram;
import io.plumbline.contract.message.SensorFault;
import io.plumbline.contract.message.SensorFault.Kind;
import io.plumbline.contract.message.SensorFaults;
import io.plumbline.contract.message.TensorClipping;
import io.plumbline.contract.wire.Counts;
import io.plumbline.drift.horizon.AnswerCounts;
import io.plumbline.drift.horizon.FeatureCounts;
import io.plumbline.drift.horizon.HorizonStats;
import io.plumbline.drift.horizon.HorizonWindows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Statistics of one horizon, said in the words of a test. */
final class Sample {

    private final List<ClassAgreement> classes = new ArrayList<>();
    private final List<SensorFault> faults = new ArrayList<>();
    private final List<AnswerCounts> confidence = new ArrayList<>();
    private Counts inputs = new Counts(150, 600, 600, 150);
    private long clipped;
    private boolean ranges = true;

    Sample normal(long compared, long agreed) {
        classes.add(new ClassAgreement("normal", compared, agreed));
        return this;
    }

    Sample event(long compared, long agreed) {
        classes.add(new ClassAgreement("event", compared, agreed));
        return this;
    }

    Sample clipped(long windows) {
        clipped = windows;
        return this;
    }

    Sample withoutRanges() {
        ranges = false;
        return this;
    }

    Sample inputs(Counts bins) {
        inputs = bins;
        return this;
    }

    Sample fault(String device, String feature, Kind kind, long count) {
        faults.add(new SensorFault(Optional.of(new DeviceId(device)), feature, kind, count));
        return this;
    }

    /** Answers of one score. */
    Sample sure(double score, long answers) {
        var bins = new long[ConfidenceSketch.BINS];
        bins[ConfidenceSketch.binOf(score)] = answers;
        confidence.add(new AnswerCounts("sure " + score, new Counts(bins)));
        return this;
    }

    double agreement() {
        return (double) fidelity().agreed() / fidelity().compared();
    }

    /** One window, so that values count as independent. */
    HorizonWindows windows() {
        return HorizonWindows.of(List.of(stats()));
    }

    private HorizonStats stats() {
        return new HorizonStats(
                inputs.total(),
                List.of(),
                fidelity(),
                List.of(new FeatureCounts("humidity", inputs, 0)),
                LatencyHistogram.EMPTY,
                faults.isEmpty() ? Optional.empty() : Optional.of(SensorFaults.of(faults, 0)),
                confidence.isEmpty() ? Optional.empty() : Optional.of(confidence));
    }

    private Fidelity fidelity() {
        var windows = classes.stream().mapToLong(ClassAgreement::compared).sum();
        var clipping = new TensorClipping("window", windows, clipped, 32 * windows, clipped);
        var deeper = new TensorClipping("hidden", windows, clipped / 2, 96 * windows, clipped / 2);
        return new Fidelity(classes, 0, ranges ? List.of(clipping, deeper) : List.of());
    }
}
