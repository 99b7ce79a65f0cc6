package io.plumbline.cli.broker;

import io.plumbline.contract.wire.Json;
import java.nio.charset.StandardCharsets;

/** Where the brokers listen, all on 127.0.0.1. */
public record BrokerPorts(int kafka, int controller, int mqtt) {

    public String bootstrapServers() {
        return "127.0.0.1:" + kafka;
    }

    public String mqttUrl() {
        return "tcp://127.0.0.1:" + mqtt;
    }

    /** The line of JSON that the brokers' process prints when both answer. */
    public String ready() {
        return new String(Json.encode(this), StandardCharsets.UTF_8);
    }
}
