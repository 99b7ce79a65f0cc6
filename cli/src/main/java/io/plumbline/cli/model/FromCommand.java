package io.plumbline.cli.model;

import io.plumbline.cli.client.LineageClient;
import io.plumbline.cli.option.RegistryAddress;
import io.plumbline.cli.option.Typed;
import io.plumbline.client.ClientException;
import io.plumbline.contract.wire.Json;
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
        var client = new LineageClient(registry.url());
        var found = client.from(Typed.digest(spec, calibration));
        var out = spec.commandLine().getOut();
        if (registry.json()) {
            out.println(Json.pretty(found));
        } else {
            LineagePage.builds(found).forEach(out::println);
        }
        out.flush();
        return 0;
    }
}
