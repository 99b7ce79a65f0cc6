package io.plumbline.contract.message;

import java.util.Optional;

/**
 * What became of the messages. {@code received = results + deadLetters + redelivered + dropped} once nothing
 * is in flight.
 *
 * @param received MQTT messages taken
 * @param results results written to the outbox
 * @param deadLetters refused payloads written to the outbox
 * @param redelivered messages dropped because they had been taken before
 * @param outboxPending outbox records not yet in Kafka
 * @param dropped camera frames passed over for newer ones, and messages that found no room in the gateway; empty where there never was one
 * @param lost results and dead letters that left a full outbox before Kafka had them, counted among {@code results} and
 *     {@code deadLetters} all the same; empty where there never was one
 */
public record GatewayCounters(
        long received,
        long results,
        long deadLetters,
        long redelivered,
        long outboxPending,
        Optional<Long> dropped,
        Optional<Long> lost) {

    /** Without a message that was dropped. */
    public GatewayCounters(long received, long results, long deadLetters, long redelivered, long outboxPending) {
        this(received, results, deadLetters, redelivered, outboxPending, Optional.empty(), Optional.empty());
    }
}
