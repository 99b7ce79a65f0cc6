/**
 * Rollouts over ten thousand gateways: as a protocol, against the packaged control plane and a real Kafka, and as the same pure
 * controller, a hundred times over, with builds whose true loss is known and operators who look after every batch.
 */
@NullMarked
package io.plumbline.benchmarks.rollouts;

import org.jspecify.annotations.NullMarked;
