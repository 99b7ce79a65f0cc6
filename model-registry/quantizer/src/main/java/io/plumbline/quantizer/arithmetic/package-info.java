/** Scales, zero points and rounding, with the sources of the formulas. */
@NullMarked
package io.plumbline.quantizer.arithmetic;

import org.jspecify.annotations.NullMarked;
