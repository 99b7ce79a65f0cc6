package io.plumbline.fleet.testing;

import io.plumbline.support.Scratch;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile.TestResourceEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The service with a file of operators' tokens. */
public final class OperatorTokens implements QuarkusTestResourceLifecycleManager {

    private static final String LINES = "lines";

    private String lines = "";
    private Optional<Scratch> scratch = Optional.empty();

    /** For a profile. */
    public static List<TestResourceEntry> of(String lines) {
        return List.of(new TestResourceEntry(OperatorTokens.class, Map.of(LINES, lines)));
    }

    @Override
    public void init(Map<String, String> arguments) {
        lines = arguments.getOrDefault(LINES, "");
    }

    @Override
    public Map<String, String> start() {
        var mine = Scratch.of("operators");
        scratch = Optional.of(mine);
        try {
            var file = Files.writeString(mine.folder().resolve("tokens.txt"), lines);
            return Map.of("plumbline.fleet.operator-tokens", file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        scratch.ifPresent(Scratch::close);
    }
}
