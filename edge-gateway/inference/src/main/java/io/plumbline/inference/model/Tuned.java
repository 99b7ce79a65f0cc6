package io.plumbline.inference.model;

import io.plumbline.inference.EngineOptions;

/**
 * With which options a build runs from now on.
 *
 * @param nanos median of a run with them; 0 if they are the default ones, which nothing was found to beat
 * @param defaultNanos that of the default options, measured in turns; 0 likewise
 */
public record Tuned(EngineOptions options, long nanos, long defaultNanos) {}
