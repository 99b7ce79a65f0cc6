package io.plumbline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.contract.wire.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The command line in this process. */
final class Tool {

    private Tool() {}

    record Said(int exit, String out, String err) {

        JsonNode json() {
            return Json.decode(out.getBytes(StandardCharsets.UTF_8), JsonNode.class);
        }
    }

    static Said run(Object... words) {
        var out = new StringWriter();
        var err = new StringWriter();
        var command = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        var exit = command.execute(Arrays.stream(words).map(Object::toString).toArray(String[]::new));
        return new Said(exit, out.toString(), err.toString());
    }
}
