package io.plumbline.contract.message;

/**
 * What became of the messages. {@code received = results + deadLetters + redelivered} once nothing is in flight.
 *
 * @param received MQTT messages taken
 * @param results results written to the outbox
 * @param deadLetters refused payloads written to the outbox
 * @param redelivered messages dropped because they had been taken before
 * @param outboxPending outbox records not yet in Kafka
 */
public record GatewayCounters(long received, long results, long deadLetters, long redelivered, long outboxPending) {}
