package io.plumbline.cli.rollout;

import io.plumbline.cli.client.ClientException;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
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
        return print(client().start(checked(model, ModelName::new), checked(build, Digest::new), by(), reason()));
    }

    private <T> T checked(String text, Function<String, T> parse) {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec().commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
