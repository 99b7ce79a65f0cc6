package io.plumbline.cli.rollout;

import io.plumbline.cli.client.RolloutClient;
import io.plumbline.cli.option.FleetAddress;
import io.plumbline.client.ClientException;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.contract.wire.Json;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline rollout show}. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows every step of a rollout, what the last rests on, and where its gateways are.")
final class ShowCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ID", description = "Of the rollout.")
    private String id = "";

    @Option(names = "--devices", description = "Names every gateway that has been told.")
    private boolean devices;

    @Mixin
    private FleetAddress fleet = new FleetAddress();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** What {@code --json} prints. */
    private record Shown(List<RolloutEvent> events, List<RolloutClient.Device> devices) {}

    @Override
    public Integer call() throws ClientException {
        var client = fleet.rollouts();
        var shown = new Shown(client.events(id), client.devices(id));
        var out = spec.commandLine().getOut();
        if (fleet.json()) {
            out.println(Json.pretty(shown));
        } else {
            RolloutPage.steps(shown.events()).forEach(out::println);
            RolloutPage.devices(shown.devices(), devices).forEach(out::println);
        }
        out.flush();
        return 0;
    }
}
