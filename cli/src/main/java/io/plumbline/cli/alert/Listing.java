package io.plumbline.cli.alert;

import io.plumbline.cli.option.FleetAddress;
import io.plumbline.client.ClientException;
import io.plumbline.contract.fleet.AlertBoard;
import io.plumbline.contract.message.Alert;
import io.plumbline.contract.wire.Json;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options and the work of a list, which two commands share. */
class Listing {

    @Mixin
    private FleetAddress fleet = new FleetAddress();

    @Option(names = "--all", description = "Those that are over, too; the control plane remembers them for 90 days.")
    private boolean all;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    final int list() throws ClientException {
        var board = fleet.client().alerts();
        var meant = new AlertBoard(
                board.alerts().stream().filter(alert -> all || isOpen(alert)).toList(),
                board.silences(),
                board.sinks());
        var out = spec.commandLine().getOut();
        if (fleet.json()) {
            out.println(Json.pretty(meant));
        } else {
            AlertPage.lines(meant).forEach(out::println);
        }
        out.flush();
        return 0;
    }

    private static boolean isOpen(Alert alert) {
        return alert.open();
    }
}
