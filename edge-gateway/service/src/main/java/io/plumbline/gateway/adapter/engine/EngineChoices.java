package io.plumbline.gateway.adapter.engine;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.gateway.adapter.disk.GatewayFolder;
import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.model.Tuned;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Remembers in a file which options a build runs with on this machine, so that only its first load is measured. A file that
 * cannot be read or written costs a measurement, and nothing else. Thread-safe.
 */
public final class EngineChoices {

    private static final Logger LOG = Logger.getLogger(EngineChoices.class);
    private static final int MOST = 64;

    private final Path file;
    private final String machine;
    private List<Choice> choices;

    /** @param machine what it was measured on */
    record Choice(Digest build, String machine, EngineOptions options) {}

    record Content(List<Choice> choices) {}

    public EngineChoices(Path file) {
        this(file, Machine.identity());
    }

    EngineChoices(Path file, String machine) {
        this.file = file;
        this.machine = machine;
        this.choices = load(file);
    }

    private static List<Choice> load(Path file) {
        try {
            return GatewayFolder.read(file)
                    .map(bytes -> Json.decode(bytes, Content.class).choices())
                    .orElse(List.of());
        } catch (IOException | MalformedMessageException e) {
            LOG.warnf("engine-choices-forgotten file=%s reason=%s", file, e.getMessage());
            return List.of();
        }
    }

    /** Empty if the build was not measured on this machine. */
    public synchronized Optional<EngineOptions> of(Digest build) {
        return choices.stream()
                .filter(choice ->
                        choice.build().equals(build) && choice.machine().equals(machine))
                .map(Choice::options)
                .findFirst();
    }

    /** It is measured again when it is loaded next. */
    public synchronized void forget(Digest build) {
        choices =
                choices.stream().filter(choice -> !choice.build().equals(build)).toList();
    }

    /** Those of {@value #MOST} builds are kept. */
    public synchronized void remember(Digest build, Tuned tuned) {
        LOG.infof("engine-chosen build=%s %s", build, inWords(tuned));
        var next = new ArrayList<Choice>();
        next.add(new Choice(build, machine, tuned.options()));
        choices.stream()
                .filter(choice -> !choice.build().equals(build))
                .limit(MOST - 1)
                .forEach(next::add);
        choices = List.copyOf(next);
        try {
            GatewayFolder.replace(file, Json.encode(new Content(choices)));
        } catch (IOException e) {
            LOG.warnf("engine-choices-unsaved file=%s reason=%s", file, e);
        }
    }

    private static String inWords(Tuned tuned) {
        var options = tuned.options();
        return options.equals(EngineOptions.DEFAULT)
                ? "options=default"
                : "threads=%d optimization=%s micros=%.1f defaultMicros=%.1f"
                        .formatted(
                                options.intraOpThreads(),
                                options.optimization(),
                                tuned.nanos() / 1e3,
                                tuned.defaultNanos() / 1e3);
    }
}
