package io.plumbline.cli.verdict;

import io.plumbline.cli.client.RegistryClient;
import io.plumbline.cli.option.KafkaAddress;
import io.plumbline.cli.option.RegistryOption;
import io.plumbline.cli.option.Surroundings;
import io.plumbline.client.ClientException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Where the past is. */
final class Sources {

    @Mixin
    private KafkaAddress kafka = new KafkaAddress();

    @Mixin
    private RegistryOption registry = new RegistryOption();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    String kafka() throws ClientException {
        return kafka.servers();
    }

    RegistryClient registry() throws ClientException {
        return new RegistryClient(registry.server(kafka.profile(), Surroundings.of(command)));
    }
}
