/** From a histogram of an activation to the range it is quantized over. Pure functions: the histograms stream and merge
 * elsewhere. Start at {@link io.plumbline.quantizer.calibration.Calibrator}. */
@NullMarked
package io.plumbline.quantizer.calibration;

import org.jspecify.annotations.NullMarked;
