package io.plumbline.cli.alert;

import io.plumbline.client.ClientException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code plumbline alerts list}. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists alerts, silences, and sinks in trouble.")
final class ListCommand extends Listing implements Callable<Integer> {

    @Override
    public Integer call() throws ClientException, InterruptedException {
        return list();
    }
}
