package io.plumbline.cli.recalibration;

import io.plumbline.cli.client.RecalibrationClient;
import io.plumbline.cli.option.Asker;
import io.plumbline.cli.option.RegistryAddress;
import io.plumbline.cli.show.Listed;
import io.plumbline.cli.show.Repeat;
import io.plumbline.client.ClientException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline recalibrations}. */
@Command(
        name = "recalibrations",
        mixinStandardHelpOptions = true,
        description = "Lists the newest recalibrations, or tells one with its steps, gateways, scores and reasons.")
public final class RecalibrationsCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ID", arity = "0..1", description = "Of a recalibration.")
    private Optional<String> id = Optional.empty();

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "How many to list, at most 500 (default: ${DEFAULT-VALUE}).")
    private int limit = 20;

    @Option(
            names = "--ask-samples",
            description =
                    "Asks the gateways for readings, of streams with 'samples' in fleet.yaml; the history of ID tells"
                            + " what came.")
    private boolean ask;

    @Option(names = "--delete-samples", description = "Deletes what gateways gave for ID.")
    private boolean delete;

    @Mixin
    private Asker asker = new Asker();

    @Mixin
    private RegistryAddress registry = new RegistryAddress();

    @Mixin
    private Repeat repeat = new Repeat();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws ClientException, InterruptedException {
        if ((ask || delete) && (ask == delete || id.isEmpty())) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--ask-samples and --delete-samples need the ID of a recalibration, and exclude each other");
        }
        if (ask) {
            client().askSamples(id.orElseThrow(), asker.name());
        } else if (delete) {
            client().deleteSamples(id.orElseThrow(), asker.name());
        }
        return repeat.print(registry.json(), id.isPresent() ? this::one : this::newest);
    }

    private Listed one() throws ClientException {
        var view = client().show(id.orElseThrow());
        return new Listed(view, () -> RecalibrationPage.of(view));
    }

    private Listed newest() throws ClientException {
        var views = client().newest(limit);
        return new Listed(views, () -> RecalibrationPage.table(views));
    }

    private RecalibrationClient client() throws ClientException {
        return new RecalibrationClient(registry.server());
    }
}
