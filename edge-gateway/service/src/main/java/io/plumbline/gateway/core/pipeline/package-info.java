/**
 * The reading path, on one thread: message, reading, window, INT8, result, outbox, acknowledgement. Builds are swapped on the
 * same thread, between two readings, so that a swap can neither lose nor repeat one.
 */
@NullMarked
package io.plumbline.gateway.core.pipeline;

import org.jspecify.annotations.NullMarked;
