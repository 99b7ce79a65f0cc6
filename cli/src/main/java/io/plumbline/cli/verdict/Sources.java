package io.plumbline.cli.verdict;

import io.plumbline.cli.client.RegistryClient;
import io.plumbline.cli.option.Choice;
import io.plumbline.cli.option.Surroundings;
import io.plumbline.client.ClientException;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where the past is. */
final class Sources {

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            description = "The Kafka that Plumbline uses (default: $PLUMBLINE_KAFKA, or localhost:9092).")
    private Optional<String> kafka = Optional.empty();

    @Option(
            names = "--registry",
            paramLabel = "URL",
            description = "The registry that has the builds (default: $PLUMBLINE_REGISTRY, or http://localhost:8084).")
    private Optional<String> registry = Optional.empty();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    String kafka() {
        return kafka.or(() -> here().variable("PLUMBLINE_KAFKA")).orElse("localhost:9092");
    }

    RegistryClient registry() throws ClientException {
        var chosen = registry.or(() -> here().variable("PLUMBLINE_REGISTRY")).orElse("http://localhost:8084");
        return new RegistryClient(new Choice("--registry", chosen).url());
    }

    private Surroundings here() {
        return Surroundings.of(command);
    }
}
