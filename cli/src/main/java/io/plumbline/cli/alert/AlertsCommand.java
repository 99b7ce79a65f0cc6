package io.plumbline.cli.alert;

import io.plumbline.client.ClientException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code plumbline alerts}: lists them, where no other command follows. */
@Command(
        name = "alerts",
        mixinStandardHelpOptions = true,
        description = "Lists the alerts of the control plane, or says who looks after one, or holds some back.",
        subcommands = {ListCommand.class, AckCommand.class, SilenceCommand.class, UnsilenceCommand.class})
public final class AlertsCommand extends Listing implements Callable<Integer> {

    @Override
    public Integer call() throws ClientException, InterruptedException {
        return list();
    }
}
