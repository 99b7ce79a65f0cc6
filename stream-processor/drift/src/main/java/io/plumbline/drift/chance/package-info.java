/**
 * What counts say, and how much of it chance explains: shares with Wilson intervals, and the population stability index
 * with its null law. Pure.
 */
@NullMarked
package io.plumbline.drift.chance;

import org.jspecify.annotations.NullMarked;
