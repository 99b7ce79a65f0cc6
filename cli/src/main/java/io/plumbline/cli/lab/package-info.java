/** Models on a bench: read from files, run on samples, timed and compared with ONNX Runtime. */
@NullMarked
package io.plumbline.cli.lab;

import org.jspecify.annotations.NullMarked;
