/**
 * What must be known after the process died: which assignment last proved itself, which builds were being tried just then,
 * and which took the process down. Decided by pure functions; the file is written before anything that depends on it.
 */
@NullMarked
package io.plumbline.gateway.core.slots;

import org.jspecify.annotations.NullMarked;
