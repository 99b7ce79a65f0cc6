package io.plumbline.gateway.adapter.mqtt;

import java.time.Duration;

/**
 * Which broker, and as whom.
 *
 * @param url {@code tcp://host:port} or {@code ssl://host:port}
 * @param clientId also names the session on the broker
 * @param receiveMaximum messages that the broker may send without an acknowledgement
 * @param sessionExpiry how long the broker keeps messages for this gateway while it is away
 */
public record MqttTarget(String url, String clientId, int receiveMaximum, Duration sessionExpiry) {}
