package io.plumbline.drift;

import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.message.TensorClipping;
import io.plumbline.drift.chance.Interval;
import io.plumbline.drift.chance.Proportion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How many inputs leave the calibrated ranges. Told of the tensor nearest to the input, where clipping starts, and of the
 * one that clips most.
 *
 * @param worst the tensor whose clipped share is surely the largest; empty for a build without ranges
 * @param shown whether the worst share is surely above the floor
 */
record ClippingFacts(Optional<TensorClipping> worst, boolean shown, List<Evidence> evidence) {

    ClippingFacts {
        evidence = List.copyOf(evidence);
    }

    static ClippingFacts of(List<TensorClipping> tensors, VerdictPolicy policy) {
        var worst = tensors.stream()
                .max(Comparator.comparingDouble(t -> range(t, policy).lower()));
        List<Evidence> evidence = new ArrayList<>();
        tensors.stream().findFirst().ifPresent(first -> evidence.add(evidence(first, policy)));
        worst.filter(w -> !w.equals(tensors.get(0))).ifPresent(w -> evidence.add(evidence(w, policy)));
        return new ClippingFacts(worst, worst.filter(w -> clips(w, policy)).isPresent(), evidence);
    }

    /** Whether clipping can be the cause of this many disagreements: a window that does not clip is not its work. */
    boolean accountsFor(long disagreements) {
        return worst.filter(w -> w.clippedWindows() >= disagreements).isPresent();
    }

    /** For a sentence: "46.2 % of inputs leave the calibrated range of tensor 'x'". */
    String inWords() {
        return worst.map(w -> Words.percent(share(w).share()) + " of inputs leave the calibrated range of tensor '"
                        + w.tensor() + "'")
                .orElse("no input leaves a calibrated range");
    }

    private static boolean clips(TensorClipping tensor, VerdictPolicy policy) {
        return range(tensor, policy).lower() > policy.clipFloor();
    }

    private static Proportion share(TensorClipping tensor) {
        return new Proportion(tensor.clippedWindows(), tensor.windows());
    }

    private static Interval range(TensorClipping tensor, VerdictPolicy policy) {
        return share(tensor).interval(policy.confidence());
    }

    private static Evidence evidence(TensorClipping tensor, VerdictPolicy policy) {
        return Words.evidence(
                "clipping",
                tensor.tensor(),
                share(tensor),
                policy.confidence(),
                policy.clipFloor(),
                clips(tensor, policy));
    }
}
