/** Float32 graphs as float16 ones, with inputs and outputs as they were: half the file, the same answers. */
@NullMarked
package io.plumbline.quantizer.half;

import org.jspecify.annotations.NullMarked;
