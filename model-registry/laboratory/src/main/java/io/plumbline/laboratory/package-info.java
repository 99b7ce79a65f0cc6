/** Models on a bench: what the quantizer asks of a runtime, answered by ONNX Runtime; models run on samples, timed and compared. */
@NullMarked
package io.plumbline.laboratory;

import org.jspecify.annotations.NullMarked;
