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

/** {@code plumbline model from}. */
@Command(
        name = "from",
        mixinStandardHelpOptions = true,
        description = "Lists the builds that were made from a calibration, which a build's card names.")
final class FromCommand implements Callable<Integer> {

    @Parameters(paramLabel = "CALIBRATION", description = "Digest of the calibration.")
    private String calibration = "";

    @Mixin
    private RegistryAddress registry = new RegistryAddress();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws ClientException {
        var client = new LineageClient(registry.server());
        var found = client.from(Typed.digest(spec, calibration));
        registry.print(found, LineagePage::builds);
        return 0;
    }
}
