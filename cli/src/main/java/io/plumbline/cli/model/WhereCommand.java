package io.plumbline.cli.model;

import io.plumbline.cli.client.LineageClient;
import io.plumbline.cli.option.RegistryAddress;
import io.plumbline.cli.option.Typed;
import io.plumbline.client.ClientException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline model where}. */
@Command(
        name = "where",
        mixinStandardHelpOptions = true,
        description = "Says where a build runs, and where it ran before.")
final class WhereCommand implements Callable<Integer> {

    @Parameters(paramLabel = "BUILD", description = "Digest of the build's manifest.")
    private String build = "";

    @Mixin
    private RegistryAddress registry = new RegistryAddress();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws ClientException {
        var client = new LineageClient(registry.server());
        var found = client.of(Typed.digest(spec, build));
        registry.print(found, LineagePage::sightings);
        return 0;
    }
}
