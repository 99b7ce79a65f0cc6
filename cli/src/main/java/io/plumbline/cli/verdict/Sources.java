package io.plumbline.cli.verdict;

import io.plumbline.cli.client.RegistryClient;
import io.plumbline.cli.option.Choice;
import io.plumbline.cli.option.KafkaAddress;
import io.plumbline.cli.option.Surroundings;
import io.plumbline.client.ClientException;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where the past is. */
final class Sources {

    @Mixin
    private KafkaAddress kafka = new KafkaAddress();

    @Option(
            names = "--registry",
            paramLabel = "URL",
            description = "The registry that has the builds (default: $PLUMBLINE_REGISTRY, or http://localhost:8084).")
    private Optional<String> registry = Optional.empty();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    String kafka() {
        return kafka.servers();
    }

    RegistryClient registry() throws ClientException {
        var chosen = registry.or(() -> Surroundings.of(command).variable("PLUMBLINE_REGISTRY"))
                .orElse("http://localhost:8084");
        return new RegistryClient(new Choice("--registry", chosen).url());
    }
}
