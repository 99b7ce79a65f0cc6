package io.plumbline.gateway.adapter.kafka;

import io.plumbline.contract.id.GatewayId;

/**
 * Which Kafka, and as whom.
 *
 * @param outbox id of the data folder: positions that another folder committed do not count
 */
public record KafkaTarget(String bootstrapServers, GatewayId gateway, String outbox) {

    /** A consumer group without members: it only holds the position in the outbox. */
    String group() {
        return "plumbline-outbox-" + gateway;
    }
}
