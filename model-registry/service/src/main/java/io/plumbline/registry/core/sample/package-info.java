/**
 * Readings that streams give away because their owners said so and a person asked: kept beside the artifacts and not among them,
 * within limits, and deleted by command or by age. Whatever is done is in the history of the recalibration they belong to.
 */
@NullMarked
package io.plumbline.registry.core.sample;

import org.jspecify.annotations.NullMarked;
