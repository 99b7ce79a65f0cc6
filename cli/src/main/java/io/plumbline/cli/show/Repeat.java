package io.plumbline.cli.show;

import io.plumbline.client.ClientException;
import io.plumbline.contract.wire.Json;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what there is to see, once or for as long as somebody watches. */
public final class Repeat {

    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final String CLEAR = "\u001b[H\u001b[2J";

    @Option(
            names = "--watch",
            description = "Prints it again whenever it is something else, until Ctrl-C; with --json a line each time.")
    private boolean watch;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    /**
     * @param json whether a program reads it
     * @param question asked again while somebody watches; a server that is away for a while is waited for then
     * @return the exit code
     */
    public int print(boolean json, Watching.Question<Listed> question) throws ClientException, InterruptedException {
        var shown = text(json, question);
        print(json, shown);
        var watching = new Watching(command.commandLine().getErr(), LOOK);
        while (watch) {
            var now = watching.ask(() -> text(json, question));
            if (!now.equals(shown)) {
                print(json, now);
            }
            shown = now;
        }
        return 0;
    }

    private String text(boolean json, Watching.Question<Listed> question) throws ClientException {
        var listed = question.ask();
        if (json) {
            return watch ? Json.line(listed.records()) : Json.pretty(listed.records());
        }
        return String.join(System.lineSeparator(), listed.lines().get());
    }

    private void print(boolean json, String text) {
        var out = command.commandLine().getOut();
        if (watch && !json && Terminal.isAttached()) {
            out.print(CLEAR);
        }
        out.println(text);
        out.flush();
    }
}
