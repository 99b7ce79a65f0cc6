/** Running a model: tensors in, tensors out. ONNX Runtime stays behind {@link io.plumbline.inference.InferenceEngine}. */
@NullMarked
package io.plumbline.inference;

import org.jspecify.annotations.NullMarked;
