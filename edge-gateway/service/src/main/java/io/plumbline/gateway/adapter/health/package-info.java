/**
 * Health for whoever watches the process. A gateway without broker or Kafka is degraded, not dead: it goes on with what it
 * has, so both are told as facts and not as failures.
 */
@NullMarked
package io.plumbline.gateway.adapter.health;

import org.jspecify.annotations.NullMarked;
