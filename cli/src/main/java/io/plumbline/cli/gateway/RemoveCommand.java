package io.plumbline.cli.gateway;

import io.plumbline.cli.option.Asker;
import io.plumbline.cli.option.FleetAddress;
import io.plumbline.client.ClientException;
import io.plumbline.contract.wire.Json;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline gateway remove}. */
@Command(
        name = "remove",
        mixinStandardHelpOptions = true,
        description =
                "Takes a gateway out of the fleet that came by invitation: it is told to run nothing, and its devices go to the others"
                        + " of its site. One that the fleet file names leaves with its line there.")
final class RemoveCommand implements Callable<Integer> {

    @Parameters(paramLabel = "GATEWAY", description = "Its name.")
    private String gateway = "";

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; it is kept.")
    private String reason = "";

    @Mixin
    private Asker asker = new Asker();

    @Mixin
    private FleetAddress fleet = new FleetAddress();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws ClientException {
        fleet.enrolments().remove(gateway, asker.name(), reason);
        var out = spec.commandLine().getOut();
        out.println(
                fleet.json()
                        ? Json.pretty(Map.of("gateway", gateway, "removed", true))
                        : "gateway " + gateway + " is no longer in the fleet");
        out.flush();
        return 0;
    }
}
