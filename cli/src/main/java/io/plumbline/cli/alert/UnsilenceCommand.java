package io.plumbline.cli.alert;

import io.plumbline.cli.option.Asker;
import io.plumbline.cli.option.FleetAddress;
import io.plumbline.client.ClientException;
import io.plumbline.contract.wire.Json;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline alerts unsilence}. */
@Command(
        name = "unsilence",
        mixinStandardHelpOptions = true,
        description = "Ends a silence; what is still open is told.")
final class UnsilenceCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ID", description = "Of the silence.")
    private String id = "";

    @Mixin
    private Asker asker = new Asker();

    @Mixin
    private FleetAddress fleet = new FleetAddress();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws ClientException {
        fleet.client().unsilence(id, asker.name());
        var out = spec.commandLine().getOut();
        out.println(fleet.json() ? Json.pretty(Map.of("ended", id)) : "silence " + id + " is over");
        out.flush();
        return 0;
    }
}
