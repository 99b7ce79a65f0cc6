package io.plumbline.contract.message;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The current state of a cohort over the evaluation horizon, all in event time. One line of the fleet view.
 *
 * @param from start of the horizon, inclusive
 * @param to end of the newest window in it, exclusive
 * @param readings accepted readings in the horizon
 * @param fidelity INT8 against FP32 in the horizon
 * @param labels accuracy against labels in the horizon, one entry per true or predicted label; empty without labels
 * @param latency of inference in the horizon
 * @param verdict after hysteresis
 * @param evidence what the verdict rests on
 * @param corrected windows of the past that were found to say something else while the horizon passed, the oldest first; empty where none
 *     was
 * @param inputs the features whose values are farthest from the reference, the farthest first, a handful at most; empty where the processor
 *     tells none, or had nothing to hold them against
 * @param total INT8 against FP32 in all deltas of the cohort that ever came, those before the horizon included; it counts anew when the
 *     processor had forgotten the cohort; empty where the processor does not tell
 */
public record ModelHealth(
        Cohort cohort,
        Instant from,
        Instant to,
        long readings,
        Fidelity fidelity,
        List<LabelScore> labels,
        LatencyHistogram latency,
        Verdict verdict,
        List<Evidence> evidence,
        Optional<List<Correction>> corrected,
        Optional<List<InputHistogram>> inputs,
        Optional<Fidelity> total) {

    public ModelHealth {
        labels = List.copyOf(labels);
        evidence = List.copyOf(evidence);
        corrected = corrected.map(List::copyOf);
        inputs = inputs.map(List::copyOf);
    }

    /** Without histograms of inputs, and without a total. */
    public ModelHealth(
            Cohort cohort,
            Instant from,
            Instant to,
            long readings,
            Fidelity fidelity,
            List<LabelScore> labels,
            LatencyHistogram latency,
            Verdict verdict,
            List<Evidence> evidence,
            Optional<List<Correction>> corrected) {
        this(
                cohort,
                from,
                to,
                readings,
                fidelity,
                labels,
                latency,
                verdict,
                evidence,
                corrected,
                Optional.empty(),
                Optional.empty());
    }

    /** The same with these histograms. */
    public ModelHealth with(Optional<List<InputHistogram>> histograms) {
        return new ModelHealth(
                cohort, from, to, readings, fidelity, labels, latency, verdict, evidence, corrected, histograms, total);
    }

    /** The same of which so much came altogether. */
    public ModelHealth ofTotal(Fidelity all) {
        return new ModelHealth(
                cohort,
                from,
                to,
                readings,
                fidelity,
                labels,
                latency,
                verdict,
                evidence,
                corrected,
                inputs,
                Optional.of(all));
    }

    /** Share of labelled readings that INT8 got right; empty without labels. */
    public Optional<Double> accuracy() {
        var labelled = labels.stream().mapToLong(LabelScore::labelled).sum();
        var correct = labels.stream().mapToLong(LabelScore::correct).sum();
        return labelled == 0 ? Optional.empty() : Optional.of((double) correct / labelled);
    }
}
