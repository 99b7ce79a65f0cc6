/**
 * The patterns of dynamic INT8: which nodes have a constant weight, how it becomes bytes, and which nodes take its place so
 * that ONNX Runtime fuses them into integer kernels.
 */
@NullMarked
package io.plumbline.quantizer.dynamic;

import org.jspecify.annotations.NullMarked;
