package io.plumbline.fleet.core.history;

import io.plumbline.contract.id.Digest;
import java.time.Instant;

/**
 * A measured value.
 *
 * @param build that was measured
 * @param at wall clock, when it was told
 * @param readings event time of the newest reading that it rests on
 * @param lower lower end of the interval, or the value where there is none
 * @param upper upper end of the interval, or the value where there is none
 * @param threshold what it was held against
 */
public record Dot(
        Digest build, Instant at, Instant readings, double value, double lower, double upper, double threshold) {}
