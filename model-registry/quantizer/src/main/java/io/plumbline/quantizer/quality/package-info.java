/** How near a quantized model's tensors are to those of its FP32 source, in numbers that add up over samples. */
@NullMarked
package io.plumbline.quantizer.quality;

import org.jspecify.annotations.NullMarked;
