package io.plumbline.gateway.core.stream;

import io.plumbline.contract.artifact.ReferenceProfile;
import io.plumbline.inference.card.ModelCard;

/** What is needed of a build, without its models, to fold a result into the memory. */
public record KnownBuild(ModelCard card, ReferenceProfile profile) {}
