/** Embedding tables as unsigned bytes: looked up as they are, and only what was found becomes float32 again. */
@NullMarked
package io.plumbline.quantizer.tables;

import org.jspecify.annotations.NullMarked;
