/**
 * What the gateway owes to Kafka. A message is acknowledged to its sender only after everything that follows from it lies
 * durably in the outbox; from there it reaches Kafka, again if need be. The same records, read again after a crash, give back
 * the state that the gateway had in memory.
 */
@NullMarked
package io.plumbline.gateway.core.outbox;

import org.jspecify.annotations.NullMarked;
