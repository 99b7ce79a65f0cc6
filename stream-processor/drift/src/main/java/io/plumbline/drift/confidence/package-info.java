/**
 * What accuracy the model's own confidence lets one expect where no labels have come yet. It cannot see that the meaning of
 * inputs has changed, nor judge inputs unlike any that were labelled. Pure.
 */
@NullMarked
package io.plumbline.drift.confidence;

import org.jspecify.annotations.NullMarked;
