/**
 * Files to graphs that can be relied on. Nothing in a file is trusted: lengths, shapes, names, order and places are checked
 * before a rewriter sees them, in time and memory that stay in proportion to the file.
 */
@NullMarked
package io.plumbline.quantizer.onnx.reading;

import org.jspecify.annotations.NullMarked;
