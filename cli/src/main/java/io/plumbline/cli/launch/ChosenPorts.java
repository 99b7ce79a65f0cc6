package io.plumbline.cli.launch;

import io.plumbline.cli.broker.BrokerPorts;
import java.util.OptionalInt;

/**
 * Ports that a person chose; those not chosen are free ones, found when something starts.
 *
 * @param page of the control plane's page and API
 */
public record ChosenPorts(OptionalInt kafka, OptionalInt mqtt, OptionalInt page) {

    public static final ChosenPorts NONE =
            new ChosenPorts(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());

    BrokerPorts brokers() throws LaunchException {
        var free = FreePorts.take(3);
        return new BrokerPorts(kafka.orElse(free.get(0)), free.get(1), mqtt.orElse(free.get(2)));
    }
}
