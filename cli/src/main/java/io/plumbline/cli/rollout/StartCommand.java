package io.plumbline.cli.rollout;

import io.plumbline.cli.client.RolloutClient;
import io.plumbline.cli.option.Typed;
import io.plumbline.client.ClientException;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.contract.wire.Json;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumbline rollout start}. */
@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        description =
                "Begins to bring a build to the gateways of a model. A rollout of the model that is under way ends.")
final class StartCommand extends Asking implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model.")
    private String model = "";

    @Parameters(index = "1", paramLabel = "DIGEST", description = "The build.")
    private String build = "";

    @Option(
            names = "--dry-run",
            description = "Starts nothing; says how many gateways would keep the running build, to compare with.")
    private boolean dryRun;

    @Override
    public Integer call() throws ClientException {
        var candidate = Typed.digest(spec(), build);
        var name = Typed.model(spec(), model);
        var client = client();
        if (dryRun) {
            var outlook = client.preview(name, candidate);
            return print(json() ? List.of(Json.pretty(outlook)) : RolloutPage.outlook(outlook));
        }
        var event = client.start(name, candidate, by(), reason());
        print(event);
        if (!json() && !event.stage().isFinal()) {
            tell(client, event);
        }
        return 0;
    }

    /** It is under way, whether or not this can be asked. */
    private void tell(RolloutClient client, RolloutEvent event) {
        try {
            print(RolloutPage.outlook(client.outlook(event.rollout())));
        } catch (ClientException e) {
            var err = spec().commandLine().getErr();
            err.println("it is under way; what it has to compare with is not known: " + e.getMessage());
            err.flush();
        }
    }
}
