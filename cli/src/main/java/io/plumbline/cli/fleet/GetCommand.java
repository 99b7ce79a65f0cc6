package io.plumbline.cli.fleet;

import io.plumbline.cli.option.FleetAddress;
import io.plumbline.cli.show.Repeat;
import io.plumbline.client.ClientException;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline get}. */
@Command(
        name = "get",
        mixinStandardHelpOptions = true,
        description =
                "Lists what the fleet has: gateways, streams, models, rollouts, verdicts, the versions of its file, or who did what.")
public final class GetCommand implements Callable<Integer> {

    /** The words, for completion. */
    static final class Words extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Words() {
            super(Kind.words());
        }
    }

    @Parameters(
            paramLabel = "KIND",
            description = "One of ${COMPLETION-CANDIDATES}.",
            completionCandidates = Words.class)
    private String kind = "";

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Of audit: at most so many entries, the newest. All of them without it.")
    private Optional<Integer> limit = Optional.empty();

    @Mixin
    private Repeat repeat = new Repeat();

    @Mixin
    private FleetAddress fleet = new FleetAddress();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws ClientException, InterruptedException {
        var wanted = wanted();
        if (limit.isPresent() && (wanted != Kind.AUDIT || limit.get() < 1)) {
            throw new ParameterException(
                    spec.commandLine(), "--limit " + limit.get() + " must be at least 1, and only audit takes it");
        }
        return repeat.print(fleet.json(), () -> wanted.read(fleet, limit));
    }

    private Kind wanted() {
        if (!Kind.words().contains(kind)) {
            throw new ParameterException(
                    spec.commandLine(), "'" + kind + "' must be one of " + String.join(", ", Kind.words()));
        }
        return Kind.valueOf(kind.toUpperCase(Locale.ROOT));
    }
}
