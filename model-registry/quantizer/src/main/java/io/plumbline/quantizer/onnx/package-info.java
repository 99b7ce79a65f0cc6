/** Reading and rewriting ONNX graphs; the only place that knows their Protocol Buffers. */
@NullMarked
package io.plumbline.quantizer.onnx;

import org.jspecify.annotations.NullMarked;
