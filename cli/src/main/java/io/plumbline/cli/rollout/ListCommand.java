package io.plumbline.cli.rollout;

import io.plumbline.cli.option.FleetAddress;
import io.plumbline.cli.show.Listed;
import io.plumbline.cli.show.Repeat;
import io.plumbline.client.ClientException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code plumbline rollout list}. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the newest rollouts, newest first.")
final class ListCommand implements Callable<Integer> {

    @Mixin
    private FleetAddress fleet = new FleetAddress();

    @Mixin
    private Repeat repeat = new Repeat();

    @Override
    public Integer call() throws ClientException, InterruptedException {
        return repeat.print(fleet.json(), this::listed);
    }

    private Listed listed() throws ClientException {
        var all = fleet.rollouts().list();
        return new Listed(all, () -> all.isEmpty() ? List.of("no rollout yet") : RolloutPage.table(all));
    }
}
