package io.plumbline.cli.fleet;

import io.plumbline.cli.option.FleetAddress;
import io.plumbline.client.ClientException;
import io.plumbline.contract.wire.Json;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plumbline export}. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Prints a fleet file as it was applied, byte for byte.")
public final class ExportCommand implements Callable<Integer> {

    @Option(
            names = "--of",
            paramLabel = "N",
            description = "Which version (default: the one in force); plumbline get versions lists them.")
    private Optional<Long> version = Optional.empty();

    @Mixin
    private FleetAddress fleet = new FleetAddress();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws ClientException {
        var text = fleet.files().text(version);
        var out = spec.commandLine().getOut();
        if (fleet.json()) {
            out.println(Json.pretty(Map.of("text", text)));
        } else {
            out.print(text);
        }
        out.flush();
        return 0;
    }
}
