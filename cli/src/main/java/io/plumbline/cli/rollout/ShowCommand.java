package io.plumbline.cli.rollout;

import io.plumbline.cli.client.RolloutClient;
import io.plumbline.cli.option.FleetAddress;
import io.plumbline.cli.show.Listed;
import io.plumbline.cli.show.Repeat;
import io.plumbline.client.ClientException;
import io.plumbline.contract.message.RolloutEvent;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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

    @Mixin
    private Repeat repeat = new Repeat();

    /** What {@code --json} prints. */
    private record Shown(List<RolloutEvent> events, List<RolloutClient.Device> devices) {}

    @Override
    public Integer call() throws ClientException, InterruptedException {
        return repeat.print(fleet.json(), this::listed);
    }

    private Listed listed() throws ClientException {
        var client = fleet.rollouts();
        var shown = new Shown(client.events(id), client.devices(id));
        return new Listed(
                shown,
                () -> Stream.concat(
                                RolloutPage.steps(shown.events()).stream(),
                                RolloutPage.devices(shown.devices(), devices).stream())
                        .toList());
    }
}
