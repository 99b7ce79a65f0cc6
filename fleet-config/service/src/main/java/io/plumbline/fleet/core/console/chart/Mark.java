package io.plumbline.fleet.core.console.chart;

import io.plumbline.fleet.core.console.Tone;
import java.time.Instant;

/**
 * Something that happened, on the axis of time.
 *
 * @param number by which the list beside the chart names it
 * @param words what happened
 */
public record Mark(int number, Instant at, Tone tone, String words) {}
