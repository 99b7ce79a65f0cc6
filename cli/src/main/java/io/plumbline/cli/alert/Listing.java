package io.plumbline.cli.alert;

import io.plumbline.cli.option.FleetAddress;
import io.plumbline.cli.show.Listed;
import io.plumbline.cli.show.Repeat;
import io.plumbline.client.ClientException;
import io.plumbline.contract.fleet.AlertBoard;
import io.plumbline.contract.message.Alert;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options and the work of a list, which two commands share. */
class Listing {

    @Mixin
    private FleetAddress fleet = new FleetAddress();

    @Option(names = "--all", description = "Those that are over, too; the control plane remembers them for 90 days.")
    private boolean all;

    @Mixin
    private Repeat repeat = new Repeat();

    final int list() throws ClientException, InterruptedException {
        return repeat.print(fleet.json(), this::listed);
    }

    private Listed listed() throws ClientException {
        var board = fleet.client().alerts();
        var meant = new AlertBoard(
                board.alerts().stream().filter(alert -> all || isOpen(alert)).toList(),
                board.silences(),
                board.sinks());
        return new Listed(meant, () -> AlertPage.lines(meant));
    }

    private static boolean isOpen(Alert alert) {
        return alert.open();
    }
}
