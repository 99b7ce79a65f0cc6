package io.plumbline.gateway.core.stats;

import io.plumbline.contract.artifact.ReferenceProfile;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.Frame;
import io.plumbline.contract.message.InferenceResult;
import java.util.Optional;

/**
 * One accepted reading, as statistics see it. Immutable.
 */
public final class Observation {

    private final InferenceResult result;
    private final float[] values;
    private final Optional<Fidelity> fidelity;
    private final Optional<ReferenceProfile> profile;

    /**
     * @param values in the order of the model card's features; not copied
     * @param fidelity the comparison with FP32, where there was one
     * @param profile of the build that answered; empty if it is no longer known, then the values are not sketched
     */
    public Observation(
            InferenceResult result, float[] values, Optional<Fidelity> fidelity, Optional<ReferenceProfile> profile) {
        this.result = result;
        this.values = values;
        this.fidelity = fidelity;
        this.profile = profile;
    }

    InferenceResult result() {
        return result;
    }

    /** The camera frame, if a detector answered it. */
    Optional<Frame> detected() {
        return result.frame()
                .filter(frame -> !frame.failed() && result.prediction().isEmpty());
    }

    /** Not copied. */
    public float[] values() {
        return values;
    }

    Optional<Fidelity> fidelity() {
        return fidelity;
    }

    Optional<ReferenceProfile> profile() {
        return profile;
    }
}
