package io.plumbline.registry.core.recalibration;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.registry.core.build.BuildException;
import java.util.List;
import java.util.Optional;

/** Builds, signs and stores candidates, in the order of preference. The same order again leads to the same digests. */
public interface CandidateBuilder {

    List<Digest> build(Effect.Build order) throws BuildException;

    /** The version that this build was made of; empty if the registry has no such build. */
    default Optional<Digest> version(ModelName model, Digest build) {
        return Optional.empty();
    }

    /** Why no candidates can come of this request, as far as that is known before any gateway is asked. */
    default Optional<String> objection(RecalibrationEvent.Requested request) {
        return Optional.empty();
    }
}
