/** From readings to inputs: sliding windows, a bounded memory of recent ones, and counts of what was seen. */
@NullMarked
package io.plumbline.inference.window;

import org.jspecify.annotations.NullMarked;
