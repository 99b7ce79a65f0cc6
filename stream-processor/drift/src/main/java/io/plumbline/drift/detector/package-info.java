/**
 * Changes of a stream of numbers, found while it flows: each detector takes one value at a time in bounded memory and says
 * whether the mean has changed. None of them merges across devices; they run on one device's values, or on the merged figure
 * of each tick. Not thread-safe.
 */
@NullMarked
package io.plumbline.drift.detector;

import org.jspecify.annotations.NullMarked;
