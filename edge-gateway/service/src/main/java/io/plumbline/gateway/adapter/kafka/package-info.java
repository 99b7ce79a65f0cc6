/**
 * Kafka: the outbox drained in order and at least once, events and heartbeats out, calibration tasks in and answers out.
 */
@NullMarked
package io.plumbline.gateway.adapter.kafka;

import org.jspecify.annotations.NullMarked;
