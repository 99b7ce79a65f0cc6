/** What a model is made of, and what keeps it from being quantized or from running fast. */
@NullMarked
package io.plumbline.quantizer.inspect;

import org.jspecify.annotations.NullMarked;
