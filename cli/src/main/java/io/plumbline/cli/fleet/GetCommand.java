package io.plumbline.cli.fleet;

import io.plumbline.cli.option.FleetAddress;
import io.plumbline.cli.show.Terminal;
import io.plumbline.cli.show.Watching;
import io.plumbline.client.ClientException;
import io.plumbline.contract.wire.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
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

    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final String CLEAR = "\u001b[H\u001b[2J";

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
            names = "--watch",
            description = "Lists again whenever it is something else, until Ctrl-C; with --json a line each time.")
    private boolean watch;

    @Mixin
    private FleetAddress fleet = new FleetAddress();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws ClientException, InterruptedException {
        var wanted = wanted();
        var shown = text(wanted);
        print(shown);
        var watching = new Watching(spec.commandLine().getErr(), LOOK);
        while (watch) {
            var now = watching.ask(() -> text(wanted));
            if (!now.equals(shown)) {
                print(now);
            }
            shown = now;
        }
        return 0;
    }

    private Kind wanted() {
        if (!Kind.words().contains(kind)) {
            throw new ParameterException(
                    spec.commandLine(), "'" + kind + "' must be one of " + String.join(", ", Kind.words()));
        }
        return Kind.valueOf(kind.toUpperCase(Locale.ROOT));
    }

    private String text(Kind wanted) throws ClientException {
        var listed = wanted.read(fleet);
        if (fleet.json()) {
            return watch ? Json.line(listed.records()) : Json.pretty(listed.records());
        }
        return String.join(System.lineSeparator(), listed.table().get());
    }

    private void print(String text) {
        var out = spec.commandLine().getOut();
        if (watch && !fleet.json() && Terminal.isAttached()) {
            out.print(CLEAR);
        }
        out.println(text);
        out.flush();
    }
}
