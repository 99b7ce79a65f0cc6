/**
 * Comparisons of two builds that may be looked at as often as one likes: at every moment, not only at a planned end, the
 * probability of ever being misled by chance stays within what was asked for. Observations are taken as independent; those of
 * one camera or mote follow each other, so one outcome per track or minute goes in, or one per device. Pure.
 */
@NullMarked
package io.plumbline.drift.sequential;

import org.jspecify.annotations.NullMarked;
