/**
 * OpenTelemetry: one trace from the MQTT message to the Kafka record, handed on as W3C {@code traceparent} in the message's
 * user properties and the record's headers. Nothing of it is loaded unless a collector is configured.
 */
@NullMarked
package io.plumbline.gateway.adapter.tracing;

import org.jspecify.annotations.NullMarked;
