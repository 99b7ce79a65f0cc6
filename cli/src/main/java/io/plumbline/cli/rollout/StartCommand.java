package io.plumbline.cli.rollout;

import io.plumbline.cli.option.Typed;
import io.plumbline.client.ClientException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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

    @Override
    public Integer call() throws ClientException {
        var candidate = Typed.digest(spec(), build);
        return print(client().start(Typed.model(spec(), model), candidate, by(), reason()));
    }
}
