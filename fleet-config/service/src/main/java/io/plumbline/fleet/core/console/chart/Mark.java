package io.plumbline.fleet.core.console.chart;

import io.plumbline.fleet.core.console.Tone;
import java.time.Instant;

/**
 * Something that happened, on the axis of time.
 *
 * @param number by which the list beside the chart names it
 * @param words what happened
 * @param sought whether somebody came to look at it
 */
public record Mark(int number, Instant at, Tone tone, String words, boolean sought) {

    /** One of many. */
    public Mark(int number, Instant at, Tone tone, String words) {
        this(number, at, tone, words, false);
    }
}
