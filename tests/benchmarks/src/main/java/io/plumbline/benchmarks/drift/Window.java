package io.plumbline.benchmarks.drift;

import io.plumbline.benchmarks.drift.Mote.Answer;
import io.plumbline.contract.message.ClassAgreement;
import io.plumbline.contract.message.ConfidenceSketch;
import io.plumbline.contract.message.FeatureSketch;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.LatencyHistogram;
import io.plumbline.contract.message.SensorFault;
import io.plumbline.contract.message.SensorFaults;
import io.plumbline.contract.message.StatsDelta;
import io.plumbline.contract.message.StatsKey;
import io.plumbline.contract.message.TensorClipping;
import io.plumbline.contract.wire.Counts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a gateway counts of one window. Not thread-safe. */
final class Window {

    static final List<String> FEATURES = List.of("humidity", "temperature");

    private final int index;
    private final List<double[]> values = new ArrayList<>();
    private final List<SensorFault> faults = new ArrayList<>();
    private final List<Answer> labelled = new ArrayList<>();
    private final Map<String, long[]> confidence = new LinkedHashMap<>();
    private final Map<String, long[]> agreement = new LinkedHashMap<>();
    private long compared;
    private long clipped;
    private long answers;
    private long right;

    Window(int index) {
        this.index = index;
    }

    int index() {
        return index;
    }

    void reading(Mote mote) {
        values.add(new double[] {mote.value(0), mote.value(1)});
    }

    void fault(SensorFault fault) {
        faults.add(fault);
    }

    void answer(Answer answer) {
        answers++;
        right += answer.int8().equals(answer.truth()) ? 1 : 0;
        confidence
                .computeIfAbsent(answer.int8(), label -> new long[ConfidenceSketch.BINS])[
                ConfidenceSketch.binOf(answer.score())]++;
    }

    void compared(Answer answer) {
        var counts = agreement.computeIfAbsent(answer.fp32(), label -> new long[2]);
        counts[0]++;
        counts[1] += answer.fp32().equals(answer.int8()) ? 1 : 0;
        compared++;
        clipped += answer.clipped() ? 1 : 0;
    }

    void labelled(Answer answer) {
        labelled.add(answer);
    }

    /** Answers whose truth becomes known. */
    List<Answer> labelled() {
        return labelled;
    }

    List<double[]> values() {
        return values;
    }

    long answers() {
        return answers;
    }

    /** Those that are right, whether somebody labels them or not. */
    long right() {
        return right;
    }

    double mean(int feature) {
        return values.stream().mapToDouble(v -> v[feature]).average().orElse(0);
    }

    StatsDelta delta(StatsKey key, Profiled reference) {
        return new StatsDelta(
                key,
                values.size(),
                List.of(),
                new Fidelity(
                        agreement.entrySet().stream()
                                .map(c -> new ClassAgreement(c.getKey(), c.getValue()[0], c.getValue()[1]))
                                .toList(),
                        0,
                        List.of(new TensorClipping("window", compared, clipped, compared, clipped))),
                sketches(reference),
                LatencyHistogram.EMPTY,
                SensorFaults.of(faults, 0),
                confidence());
    }

    List<ConfidenceSketch> confidence() {
        return confidence.entrySet().stream()
                .map(c -> new ConfidenceSketch(c.getKey(), new Counts(c.getValue()), 0, 0))
                .toList();
    }

    List<FeatureSketch> sketches(Profiled reference) {
        var all = new ArrayList<FeatureSketch>();
        for (int f = 0; f < FEATURES.size(); f++) {
            all.add(new FeatureSketch(FEATURES.get(f), reference.count(f, values), 0, 0, 0));
        }
        return all;
    }
}
