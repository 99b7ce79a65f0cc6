package io.plumbline.cli.rollout;

import io.plumbline.cli.option.FleetAddress;
import io.plumbline.client.ClientException;
import io.plumbline.contract.wire.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code plumbline rollout list}. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the newest rollouts, newest first.")
final class ListCommand implements Callable<Integer> {

    @Mixin
    private FleetAddress fleet = new FleetAddress();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws ClientException {
        var all = fleet.rollouts().list();
        var out = spec.commandLine().getOut();
        if (fleet.json()) {
            out.println(Json.pretty(all));
        } else if (all.isEmpty()) {
            out.println("no rollout yet");
        } else {
            RolloutPage.table(all).forEach(out::println);
        }
        out.flush();
        return 0;
    }
}
