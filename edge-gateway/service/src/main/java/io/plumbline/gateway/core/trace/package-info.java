/**
 * Following single messages from the broker to Kafka. The reading path says which steps a message has taken; what is made of
 * that, and of how many messages, is an adapter's business.
 */
@NullMarked
package io.plumbline.gateway.core.trace;

import org.jspecify.annotations.NullMarked;
