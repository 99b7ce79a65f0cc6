package io.plumbline.gateway.core.stats;

import io.plumbline.contract.message.ConfidenceSketch;
import io.plumbline.contract.wire.Counts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Scores by label. Not thread-safe. */
final class ConfidenceTally {

    private final Map<String, Scores> labels = new LinkedHashMap<>();

    private static final class Scores {
        private final long[] bins = new long[ConfidenceSketch.BINS];
        private double sum;
        private double sumOfVariances;
    }

    static ConfidenceTally continuing(List<ConfidenceSketch> saved) {
        var tally = new ConfidenceTally();
        for (var sketch : saved) {
            var scores = tally.of(sketch.label());
            for (int i = 0; i < scores.bins.length; i++) {
                scores.bins[i] = sketch.bins().get(i);
            }
            scores.sum = sketch.sum();
            scores.sumOfVariances = sketch.sumOfVariances();
        }
        return tally;
    }

    private Scores of(String label) {
        return labels.computeIfAbsent(label, name -> new Scores());
    }

    /** @param score in [0, 1] */
    void add(String label, double score) {
        var scores = of(label);
        scores.bins[ConfidenceSketch.binOf(score)]++;
        scores.sum += score;
        scores.sumOfVariances += score * (1 - score);
    }

    List<ConfidenceSketch> sketches() {
        return labels.entrySet().stream()
                .map(entry -> new ConfidenceSketch(
                        entry.getKey(),
                        new Counts(entry.getValue().bins),
                        entry.getValue().sum,
                        entry.getValue().sumOfVariances))
                .toList();
    }
}
