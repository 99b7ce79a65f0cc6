package io.plumbline.gateway.core.build;

import io.plumbline.contract.artifact.BuildCard;
import io.plumbline.contract.id.Digest;
import io.plumbline.gateway.core.stream.KnownBuild;

/**
 * A build that was verified and loaded.
 *
 * @param manifest digest of its manifest, its name
 */
public record Build(Digest manifest, BuildCard card, KnownBuild known, Model model) {}
