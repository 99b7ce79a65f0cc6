package io.plumbline.contract.message;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.wire.Require;
import java.util.Optional;

/**
 * How a build did on holdout windows of the gateways, against FP32 on the same windows; additive.
 *
 * @param recipe the recipe's name, for people
 * @param windows holdout windows
 * @param paired beside the running build on the same windows; empty from gateways of older versions, and with one of theirs
 *     in the sum, because a part says nothing of the whole
 * @param promised what FP32's confidence promises, beside the running build on the same windows; empty as {@code paired} is
 * @param modelBytes of the ONNX file that was loaded: what its weights take in memory; empty as {@code paired} is
 * @param labelled beside the running build on those of the windows that somebody labelled; empty where nobody joined them with labels
 */
public record CandidateScore(
        Digest build,
        String recipe,
        long windows,
        Fidelity fidelity,
        LatencyHistogram latency,
        Optional<PairedDeltas> paired,
        Optional<PromisedAccuracy> promised,
        Optional<Long> modelBytes,
        Optional<LabelledAccuracy> labelled) {

    public CandidateScore {
        Require.notNegative("windows", windows);
        modelBytes.ifPresent(bytes -> Require.notNegative("modelBytes", bytes));
    }

    /** All counts added, and the larger model; the builds are the same by the caller's promise. */
    public CandidateScore plus(CandidateScore other) {
        return new CandidateScore(
                build,
                recipe,
                windows + other.windows,
                fidelity.plus(other.fidelity),
                latency.plus(other.latency),
                paired.flatMap(mine -> other.paired.map(mine::plus)),
                promised.flatMap(mine -> other.promised.map(mine::plus)),
                modelBytes.flatMap(mine -> other.modelBytes.map(theirs -> Math.max(mine, theirs))),
                sum(labelled, other.labelled));
    }

    /** Labels of a part say something of the whole: they are of some windows alone anyway. */
    private static Optional<LabelledAccuracy> sum(Optional<LabelledAccuracy> one, Optional<LabelledAccuracy> other) {
        return one.map(mine -> mine.plus(other.orElse(LabelledAccuracy.NONE))).or(() -> other);
    }

    /** The same, with what labels say of it. */
    public CandidateScore withLabelled(LabelledAccuracy accuracy) {
        return new CandidateScore(
                build, recipe, windows, fidelity, latency, paired, promised, modelBytes, Optional.of(accuracy));
    }
}
