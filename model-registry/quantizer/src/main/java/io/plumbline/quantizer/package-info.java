/** From an FP32 ONNX model to an INT8 one, on the JVM alone: recipes in, models with provenance out. Start at
 * {@link io.plumbline.quantizer.StaticQuantizer} and {@link io.plumbline.quantizer.DynamicQuantizer}. */
@NullMarked
package io.plumbline.quantizer;

import org.jspecify.annotations.NullMarked;
