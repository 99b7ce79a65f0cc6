package io.plumbline.cli.broker;

/** Where the brokers listen, all on 127.0.0.1. */
public record BrokerPorts(int kafka, int controller, int mqtt) {

    public String bootstrapServers() {
        return "127.0.0.1:" + kafka;
    }

    public String mqttUrl() {
        return "tcp://127.0.0.1:" + mqtt;
    }
}
