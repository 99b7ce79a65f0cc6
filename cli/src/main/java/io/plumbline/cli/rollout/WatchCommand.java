package io.plumbline.cli.rollout;

import io.plumbline.cli.option.FleetAddress;
import io.plumbline.cli.show.Watching;
import io.plumbline.client.ClientException;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.contract.wire.Json;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline rollout watch}. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description =
                "Tells every step of a rollout until it is over; with --json a line each. A control plane that starts anew is waited for.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:the rollout is complete",
            " 1:the control plane cannot be asked",
            " 2:the command line is wrong",
            " 3:it was rolled back or aborted"
        })
final class WatchCommand implements Callable<Integer> {

    private static final int NOT_THROUGH = 3;

    @Parameters(paramLabel = "ID", description = "Of the rollout.")
    private String id = "";

    @Mixin
    private FleetAddress fleet = new FleetAddress();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws ClientException, InterruptedException {
        var client = fleet.rollouts();
        var watching = new Watching(spec.commandLine().getErr());
        var out = spec.commandLine().getOut();
        var told = 0;
        for (var events = client.events(id); ; events = watching.ask(() -> client.events(id))) {
            for (var event : events.subList(told, events.size())) {
                (fleet.json() ? List.of(Json.line(event)) : RolloutPage.line(event)).forEach(out::println);
            }
            out.flush();
            told = events.size();
            var stage = events.get(told - 1).stage();
            if (stage.isFinal()) {
                return stage == RolloutStage.COMPLETED ? 0 : NOT_THROUGH;
            }
        }
    }
}
