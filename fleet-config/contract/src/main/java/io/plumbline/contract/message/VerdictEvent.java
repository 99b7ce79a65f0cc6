package io.plumbline.contract.message;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.wire.Counts;
import io.plumbline.contract.wire.Require;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A cohort's verdict changed.
 *
 * @param id deterministic: the same change recomputed has the same id
 * @param at event time: end of the newest window the verdict rests on
 * @param because one sentence in plain words
 * @param horizon what was looked at; empty where the writer did not say
 * @param carriers which parts of the cohort carry the change, the most telling first; empty where the writer did not say
 * @param basis what it was judged by; empty where the writer did not say
 * @param corrected windows of the past that were found to say something else while its horizon passed, the oldest first; empty where none
 *     was
 */
public record VerdictEvent(
        String id,
        Cohort cohort,
        Instant at,
        Verdict verdict,
        Verdict previous,
        String because,
        List<Evidence> evidence,
        Optional<Horizon> horizon,
        Optional<List<Carrier>> carriers,
        Optional<Basis> basis,
        Optional<List<Correction>> corrected) {

    private static final int ID_DIGITS = 16;

    public VerdictEvent {
        Require.notEmpty("id", id);
        evidence = List.copyOf(evidence);
        carriers = carriers.map(List::copyOf);
        corrected = corrected.map(List::copyOf);
    }

    /**
     * The stretch of event time that a verdict rests on.
     *
     * @param from inclusive
     * @param to exclusive
     * @param readings accepted ones in it
     * @param compared inputs in it on which FP32 ran beside INT8
     * @param labelled answers in it whose truth is known
     */
    public record Horizon(Instant from, Instant to, long readings, long compared, long labelled) {

        public Horizon {
            Require.that(from.isBefore(to), "horizon from " + from + " must be before " + to);
            Require.notNegative("readings", readings);
            Require.notNegative("compared", compared);
            Require.notNegative("labelled", labelled);
        }
    }

    /**
     * A part that carries the change; the site is that of the cohort.
     *
     * @param name of the feature, class, tensor or device
     */
    public record Carrier(Part part, String name) {

        /** What a carrier is. */
        public enum Part {
            FEATURE,
            CLASS,
            TENSOR,
            DEVICE
        }

        public Carrier {
            Require.notEmpty("name", name);
        }
    }

    /**
     * What a verdict was judged by, beside the statistics of its horizon: with them it can be judged again.
     *
     * @param policy every setting in force, by the name of the processor's property; sorted
     * @param reference whether the build's labels and reference profile were known
     * @param labels of the horizon that had met their answers, one entry per true or predicted label
     * @param scores of all answers of the cohort that had met their labels; empty where none had
     */
    public record Basis(
            Map<String, String> policy, boolean reference, List<LabelScore> labels, Optional<Scores> scores) {

        public Basis {
            policy = Collections.unmodifiableMap(new TreeMap<>(policy));
            labels = List.copyOf(labels);
        }

        /**
         * Labelled answers by the {@link ConfidenceSketch#binOf bin} of their score.
         *
         * @param right those that were right
         * @param dispersion how many of them tell as much as one independent answer, at least 1; empty where that was not known
         */
        public record Scores(Counts answers, Counts right, Optional<Double> dispersion) {}
    }

    /** Without what was looked at. */
    public static VerdictEvent of(
            Cohort cohort, Instant at, Verdict verdict, Verdict previous, String because, List<Evidence> evidence) {
        var identity = cohort.key() + "|" + at.toEpochMilli() + "|" + verdict;
        var id = Digest.of(identity.getBytes(StandardCharsets.UTF_8)).hex().substring(0, ID_DIGITS);
        return new VerdictEvent(
                id,
                cohort,
                at,
                verdict,
                previous,
                because,
                evidence,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same with what was looked at, and what carries the change. */
    public VerdictEvent resting(Horizon on, List<Carrier> carriedBy) {
        return with(Optional.of(on), Optional.of(carriedBy), basis, corrected);
    }

    /** The same with what it was judged by. */
    public VerdictEvent judgedBy(Basis by) {
        return with(horizon, carriers, Optional.of(by), corrected);
    }

    /** The same with windows of the past that say something else now. */
    public VerdictEvent correcting(List<Correction> windows) {
        return with(horizon, carriers, basis, Optional.of(windows).filter(all -> !all.isEmpty()));
    }

    private VerdictEvent with(
            Optional<Horizon> on,
            Optional<List<Carrier>> carriedBy,
            Optional<Basis> by,
            Optional<List<Correction>> windows) {
        return new VerdictEvent(id, cohort, at, verdict, previous, because, evidence, on, carriedBy, by, windows);
    }
}
