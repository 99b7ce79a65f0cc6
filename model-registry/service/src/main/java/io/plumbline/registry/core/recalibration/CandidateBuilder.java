package io.plumbline.registry.core.recalibration;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.registry.core.build.BuildException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Builds, signs and stores candidates, in the order of preference. The same order again leads to the same digests. */
public interface CandidateBuilder {

    List<Digest> build(Effect.Build order) throws BuildException;

    /**
     * Sees to it that gateways can pull these candidates. Does not wait for it.
     *
     * @param then is told once it is so, or why it cannot be; at once, or later by another thread, or never if the process ends before
     */
    default void deliver(List<Digest> candidates, Consumer<Optional<String>> then) {
        then.accept(Optional.empty());
    }

    /** The recalibration of this id has ended: nothing of it is needed any more but what was published. */
    default void over(String recalibration) {
        // nothing is kept
    }

    /** The version that this build was made of; empty if the registry has no such build. */
    default Optional<Digest> version(ModelName model, Digest build) {
        return Optional.empty();
    }

    /** Why no candidates can come of this request, as far as that is known before any gateway is asked. */
    default Optional<String> objection(RecalibrationEvent.Requested request) {
        return Optional.empty();
    }
}
