package io.plumbline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.cli.option.Surroundings;
import io.plumbline.contract.wire.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** The command line in this process, in surroundings that a test gives it. */
final class Tool {

    /** Without a variable, and with a home that is not there. */
    private static final Tool ALONE = in(Map.of(), Path.of("/nonexistent"));

    private final Surroundings surroundings;

    private Tool(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    static Tool in(Map<String, String> variables, Path home) {
        return new Tool(new Surroundings(variables, home));
    }

    record Said(int exit, String out, String err) {

        JsonNode json() {
            return Json.decode(out.getBytes(StandardCharsets.UTF_8), JsonNode.class);
        }
    }

    static Said run(Object... words) {
        return ALONE.call(words);
    }

    Said call(Object... words) {
        var out = new StringWriter();
        var err = new StringWriter();
        var command =
                Main.commandLine(surroundings).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        var exit = command.execute(Arrays.stream(words).map(Object::toString).toArray(String[]::new));
        return new Said(exit, out.toString(), err.toString());
    }
}
