package io.plumbline.fleet.core.view;

import java.time.Instant;

/**
 * Something that was said, and when.
 *
 * @param at wall clock, at which it was written to its topic: the event's own time may be that of readings
 */
public record Heard<T>(T event, Instant at) {}
