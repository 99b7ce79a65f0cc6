package io.plumbline.registry.adapter.http;

import io.plumbline.support.Scratch;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;

/** A folder for what the service keeps, as long as it runs; with a file of operators' tokens in it where a profile gives their lines. */
public final class DataFolder implements QuarkusTestResourceLifecycleManager {

    static final String OPERATORS = "operators";

    private Optional<String> operators = Optional.empty();
    private Optional<Scratch> scratch = Optional.empty();

    @Override
    public void init(Map<String, String> arguments) {
        operators = Optional.ofNullable(arguments.get(OPERATORS));
    }

    @Override
    public Map<String, String> start() {
        var mine = Scratch.of("registry");
        scratch = Optional.of(mine);
        var dataDir = mine.folder().toString();
        if (operators.isEmpty()) {
            return Map.of("plumbline.registry.data-dir", dataDir);
        }
        try {
            var file = Files.writeString(mine.folder().resolve("operators.txt"), operators.get());
            return Map.of(
                    "plumbline.registry.data-dir", dataDir, "plumbline.registry.operator-tokens", file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        scratch.ifPresent(Scratch::close);
    }
}
