package io.plumbline.cli.option;

import io.plumbline.client.ClientException;
import java.net.URI;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which registry, and how to print. */
public final class RegistryAddress {

    @Mixin
    private RegistryOption registry = new RegistryOption();

    @Mixin
    private ProfileOption profile = new ProfileOption();

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    public boolean json() {
        return json;
    }

    public URI url() throws ClientException {
        return registry.url(profile, Surroundings.of(command));
    }
}
