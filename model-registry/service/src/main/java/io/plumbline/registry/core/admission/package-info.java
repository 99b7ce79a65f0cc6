/** The door for what is pushed: what could not be read back is not taken, and what was not taken is remembered for a while. */
@NullMarked
package io.plumbline.registry.core.admission;

import org.jspecify.annotations.NullMarked;
