package io.plumbline.cli.option;

import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which Kafka. */
public final class KafkaAddress {

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            description = "The Kafka that Plumbline uses (default: $PLUMBLINE_KAFKA, or localhost:9092).")
    private Optional<String> kafka = Optional.empty();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    /** Bootstrap servers. */
    public String servers() {
        return kafka.or(() -> Surroundings.of(command).variable("PLUMBLINE_KAFKA"))
                .orElse("localhost:9092");
    }
}
