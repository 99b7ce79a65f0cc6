/**
 * Kafka: the outbox drained exactly once, events and heartbeats out, calibration tasks in and answers out.
 */
@NullMarked
package io.plumbline.gateway.adapter.kafka;

import org.jspecify.annotations.NullMarked;
