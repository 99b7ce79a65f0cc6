/**
 * Messages from the MQTT 5 broker: a persistent session, QoS 1, acknowledged by hand once the outbox has them.
 */
@NullMarked
package io.plumbline.gateway.adapter.mqtt;

import org.jspecify.annotations.NullMarked;
