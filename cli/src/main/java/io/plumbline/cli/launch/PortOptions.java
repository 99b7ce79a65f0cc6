package io.plumbline.cli.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** The options of a command that starts brokers and services. */
public final class PortOptions {

    private static final int LARGEST = 65_535;

    @Option(names = "--kafka-port", paramLabel = "PORT", description = "Port of Kafka (default: a free one).")
    private Optional<Integer> kafka = Optional.empty();

    @Option(names = "--mqtt-port", paramLabel = "PORT", description = "Port of the MQTT broker (default: a free one).")
    private Optional<Integer> mqtt = Optional.empty();

    @Option(names = "--http-port", paramLabel = "PORT", description = "Port of the fleet's page (default: a free one).")
    private Optional<Integer> page = Optional.empty();

    /** @throws IllegalArgumentException if one of them is no port, is taken, or is chosen twice */
    public ChosenPorts chosen() {
        var seen = new ArrayList<Integer>();
        return new ChosenPorts(
                usable("--kafka-port", kafka, seen),
                usable("--mqtt-port", mqtt, seen),
                usable("--http-port", page, seen));
    }

    private static OptionalInt usable(String option, Optional<Integer> chosen, List<Integer> seen) {
        if (chosen.isEmpty()) {
            return OptionalInt.empty();
        }
        var port = chosen.get();
        if (port < 1 || port > LARGEST) {
            throw new IllegalArgumentException(option + " " + port + " must be between 1 and " + LARGEST);
        }
        if (seen.contains(port)) {
            throw new IllegalArgumentException(option + " " + port + " is chosen twice: every port must be another");
        }
        if (!FreePorts.isFree(port)) {
            throw new IllegalArgumentException(
                    option + " " + port + " cannot be used: it is taken; choose another, or leave the option out");
        }
        seen.add(port);
        return OptionalInt.of(port);
    }
}
