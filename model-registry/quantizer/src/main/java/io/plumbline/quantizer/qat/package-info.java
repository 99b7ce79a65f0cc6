/**
 * Models that were trained with quantization in mind: their QuantizeLinear and DequantizeLinear stay, what is constant among
 * them is computed once and stored as integers.
 */
@NullMarked
package io.plumbline.quantizer.qat;

import org.jspecify.annotations.NullMarked;
