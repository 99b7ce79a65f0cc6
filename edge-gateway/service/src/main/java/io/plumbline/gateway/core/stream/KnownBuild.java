package io.plumbline.gateway.core.stream;

import io.plumbline.contract.artifact.ReferenceProfile;

/**
 * What is needed of a build to fold a result into the memory.
 *
 * @param window readings that make an input
 */
public record KnownBuild(int window, ReferenceProfile profile) {}
