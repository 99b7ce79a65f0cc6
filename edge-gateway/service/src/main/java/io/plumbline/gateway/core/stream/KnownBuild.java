package io.plumbline.gateway.core.stream;

import io.plumbline.contract.artifact.ReferenceProfile;
import io.plumbline.inference.card.ModelCard;
import io.plumbline.inference.card.SensorInput;
import java.util.Optional;

/** What is needed of a build, without its models, to fold a result into the memory. */
public record KnownBuild(ModelCard card, ReferenceProfile profile) {

    /** How the model takes readings; empty for one that takes images. */
    public Optional<SensorInput> sensor() {
        return card.input() instanceof SensorInput sensor ? Optional.of(sensor) : Optional.empty();
    }
}
