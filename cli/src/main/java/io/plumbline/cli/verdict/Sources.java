package io.plumbline.cli.verdict;

import io.plumbline.cli.client.RegistryClient;
import io.plumbline.cli.option.KafkaAddress;
import io.plumbline.cli.option.RegistryAddress;
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
            description =
                    "The registry that has the builds (default: that of --profile, or $PLUMBLINE_REGISTRY, or the usual profile's, or http://localhost:8084).")
    private Optional<String> registry = Optional.empty();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    String kafka() throws ClientException {
        return kafka.servers();
    }

    RegistryClient registry() throws ClientException {
        return new RegistryClient(RegistryAddress.url(registry, kafka.profile(), Surroundings.of(command)));
    }
}
