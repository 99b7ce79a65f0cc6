/** Static quantization as QuantizeLinear and DequantizeLinear pairs: which tensors get one, what their parameters are, and
 * how they change when a build is calibrated again. */
@NullMarked
package io.plumbline.quantizer.qdq;

import org.jspecify.annotations.NullMarked;
