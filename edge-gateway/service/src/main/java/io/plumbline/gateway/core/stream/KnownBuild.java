package io.plumbline.gateway.core.stream;

import io.plumbline.contract.artifact.ReferenceProfile;
import io.plumbline.gateway.core.stats.SensorLimits;
import io.plumbline.inference.card.ModelCard;
import io.plumbline.inference.card.SensorInput;
import java.util.Optional;

/** What is needed of a build, without its models, to fold a result into the memory. */
public record KnownBuild(ModelCard card, ReferenceProfile profile, SensorLimits limits) {

    /** With the limits that follow from the profile. */
    public KnownBuild(ModelCard card, ReferenceProfile profile) {
        this(card, profile, new SensorLimits(profile));
    }

    /** How the model takes readings; empty for one that takes images. */
    public Optional<SensorInput> sensor() {
        return card.input() instanceof SensorInput sensor ? Optional.of(sensor) : Optional.empty();
    }
}
