/** Weights in blocks of 4 or 8 bits while activations stay float32: the smallest files, made for bandwidth. */
@NullMarked
package io.plumbline.quantizer.weightonly;

import org.jspecify.annotations.NullMarked;
