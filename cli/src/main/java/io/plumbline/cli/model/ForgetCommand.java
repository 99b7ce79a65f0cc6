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

/** {@code plumbline model forget}. */
@Command(
        name = "forget",
        mixinStandardHelpOptions = true,
        description =
                "Says that a gateway is gone for good: what it ran last no longer counts as running, and may be deleted."
                        + " One that was heard in the last 15 minutes is not gone.")
final class ForgetCommand implements Callable<Integer> {

    @Parameters(paramLabel = "GATEWAY", description = "The gateway.")
    private String gateway = "";

    @Mixin
    private RegistryAddress registry = new RegistryAddress();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws ClientException {
        var ended = new LineageClient(registry.server()).forget(Typed.gateway(spec, gateway));
        registry.print(ended, LineagePage::sightings);
        return 0;
    }
}
