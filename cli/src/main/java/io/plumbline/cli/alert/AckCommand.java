package io.plumbline.cli.alert;

import io.plumbline.cli.option.FleetAddress;
import io.plumbline.client.ClientException;
import io.plumbline.contract.wire.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline alerts ack}. */
@Command(
        name = "ack",
        mixinStandardHelpOptions = true,
        description =
                "Says that somebody looks after an alert: it is not repeated any more. It ends when its cause does.")
final class AckCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ID", description = "Of the alert.")
    private String id = "";

    @Option(names = "--by", paramLabel = "WHO", description = "Who looks after it (default: the user of this machine).")
    private String by = System.getProperty("user.name", "");

    @Option(names = "--note", paramLabel = "TEXT", description = "What is to be said about it.")
    private String note = "";

    @Mixin
    private FleetAddress fleet = new FleetAddress();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws ClientException {
        var alert = fleet.client().acknowledge(id, by, note);
        var out = spec.commandLine().getOut();
        if (fleet.json()) {
            out.println(Json.pretty(alert));
        } else {
            out.println(by + " looks after " + alert.kind() + " " + AlertPage.about(alert) + ", alert " + id);
        }
        out.flush();
        return 0;
    }
}
