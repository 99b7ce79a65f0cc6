package io.plumbline.drift;

import io.plumbline.contract.artifact.ReferenceProfile;
import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.message.InputHistogram;
import io.plumbline.drift.chance.Dispersion;
import io.plumbline.drift.chance.PopulationStability;
import io.plumbline.drift.horizon.FeatureCounts;
import io.plumbline.drift.horizon.HorizonStats;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How far the inputs have moved from the reference profile, per feature. A feature has moved when its {@link
 * PopulationStability#index} is above both the effect floor and what chance explains of values that follow
 * each other, in the horizon and in the reference, shared out over the features. A reference that does not tell its stretches counts as
 * independent values.
 *
 * @param evaluable whether every feature of the profile could be held against what came in
 * @param moved the features that moved, the farthest first
 * @param histograms of the features that are farthest from the reference, moved or not, the farthest first
 */
record InputFacts(boolean evaluable, List<Evidence> moved, List<Evidence> evidence, List<InputHistogram> histograms) {

    /* They are told each second for every cohort: what a person looks at, not all that there is. */
    private static final int MOST_HISTOGRAMS = 6;
    private static final int MOST_BINS = 32;

    InputFacts {
        moved = List.copyOf(moved);
        evidence = List.copyOf(evidence);
        histograms = List.copyOf(histograms);
    }

    private record Compared(Evidence evidence, ReferenceProfile.Feature feature, FeatureCounts counts) {

        private InputHistogram histogram() {
            return new InputHistogram(
                    feature.name(), feature.edges(), feature.bins(), counts.bins(), counts.notFinite());
        }
    }

    /**
     * @param sketches of the horizon
     * @param windows that it is made of
     */
    static InputFacts of(
            List<FeatureCounts> sketches,
            List<HorizonStats> windows,
            Optional<Reference> reference,
            VerdictPolicy policy) {
        if (reference.isEmpty()) {
            return new InputFacts(false, List.of(), List.of(notEvaluated("all", policy)), List.of());
        }
        var features = reference.get().profile().features();
        List<Evidence> evidence = new ArrayList<>();
        List<Compared> compared = new ArrayList<>();
        for (var feature : features) {
            var sketch = comparable(feature, sketches);
            var fact = sketch.map(one -> evidence(feature, one, dispersion(one, windows), policy, features.size()))
                    .orElseGet(() -> notEvaluated(feature.name(), policy));
            evidence.add(fact);
            sketch.ifPresent(one -> compared.add(new Compared(fact, feature, one)));
        }
        return new InputFacts(
                evidence.stream().allMatch(e -> e.samples() > 0),
                evidence.stream()
                        .filter(Evidence::breached)
                        .sorted(Comparator.comparingDouble(Evidence::value).reversed())
                        .toList(),
                evidence,
                farthest(compared));
    }

    private static List<InputHistogram> farthest(List<Compared> compared) {
        return compared.stream()
                .filter(one -> one.counts.bins().size() <= MOST_BINS)
                .sorted(Comparator.comparingDouble((Compared one) -> one.evidence.value())
                        .reversed())
                .limit(MOST_HISTOGRAMS)
                .map(Compared::histogram)
                .toList();
    }

    /** For a sentence: "humidity (PSI 3.10)". */
    String inWords() {
        return moved.stream()
                .map(e -> e.subject() + " (PSI " + Words.number(e.value()) + ")")
                .reduce((a, b) -> a + ", " + b)
                .orElse("nothing");
    }

    private static Optional<FeatureCounts> comparable(ReferenceProfile.Feature feature, List<FeatureCounts> sketches) {
        return sketches.stream()
                .filter(s -> s.feature().equals(feature.name()))
                .filter(s -> s.bins().size() == feature.bins().size())
                .filter(s -> s.count() > 0 && feature.bins().total() > 0)
                .findFirst();
    }

    private static Evidence evidence(
            ReferenceProfile.Feature feature,
            FeatureCounts sketch,
            double dispersion,
            VerdictPolicy policy,
            int features) {
        var index = PopulationStability.index(feature.bins(), sketch.bins());
        var alpha = (1 - policy.alarmConfidence()) / features;
        var ofReference = Dispersion.cautious(feature.stretches().orElse(List.of()));
        var noise = PopulationStability.noise(feature.bins(), sketch.bins(), ofReference, dispersion, alpha);
        var threshold = Math.max(policy.psiFloor(), noise);
        return new Evidence("psi", feature.name(), index, index, index, threshold, sketch.count(), index > threshold);
    }

    private static double dispersion(FeatureCounts sum, List<HorizonStats> windows) {
        return Dispersion.cautious(windows.stream()
                .flatMap(w -> w.features().stream())
                .filter(s -> s.feature().equals(sum.feature()))
                .map(FeatureCounts::bins)
                .filter(bins -> bins.size() == sum.bins().size())
                .toList());
    }

    /* No samples is how a reader tells "not evaluated" from "did not move". */
    private static Evidence notEvaluated(String subject, VerdictPolicy policy) {
        return new Evidence("psi", subject, 0, 0, 0, policy.psiFloor(), 0, false);
    }
}
