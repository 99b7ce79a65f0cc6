/**
 * How far a distribution has moved from a reference, from counts over the same frozen bins: additive, so that the distance of
 * a site or a fleet is that of the merged counts. Pure.
 */
@NullMarked
package io.plumbline.drift.distance;

import org.jspecify.annotations.NullMarked;
