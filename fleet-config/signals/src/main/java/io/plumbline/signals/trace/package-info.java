/**
 * Following what is decided from one service to the next, by W3C {@code traceparent} as it stands in the headers of Kafka records.
 * Whoever uses this knows nothing of OpenTelemetry, and nothing of that is loaded unless a collector is configured; without one
 * a {@code traceparent} is handed on as it came.
 */
@NullMarked
package io.plumbline.signals.trace;

import org.jspecify.annotations.NullMarked;
