/**
 * What ranges are taken from, and what is said of it.
 */
@NullMarked
package io.plumbline.registry.core.calibration;

import org.jspecify.annotations.NullMarked;
