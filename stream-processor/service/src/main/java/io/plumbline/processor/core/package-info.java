/**
 * The decisions of the processor, as plain Java over ordered state: what the core needs from outside, and nothing of how
 * the outside does it.
 */
@NullMarked
package io.plumbline.processor.core;

import org.jspecify.annotations.NullMarked;
