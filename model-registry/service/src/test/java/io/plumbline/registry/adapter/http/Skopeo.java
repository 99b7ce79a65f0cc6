package io.plumbline.registry.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.support.Needed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Debian's skopeo, with nothing of this machine's settings.
 *
 * @param folder for what it writes
 */
record Skopeo(Path program, Path folder) {

    static Skopeo in(Path folder) {
        return new Skopeo(Needed.program("skopeo", Stream.of(Path.of("/usr/bin/skopeo"))), folder);
    }

    /** What it says; it must end well. */
    String run(String... arguments) throws IOException, InterruptedException {
        var answer = answer(arguments);
        assertThat(answer.status())
                .as(String.join(" ", arguments) + "\n" + answer.errors())
                .isZero();
        return answer.said();
    }

    record Answer(int status, String said, String errors) {}

    Answer answer(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>(List.of(program.toString(), "--insecure-policy"));
        command.addAll(List.of(arguments));
        var errors = folder.resolve("skopeo.err");
        var builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("XDG_RUNTIME_DIR", folder.toString());
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), said, Files.readString(errors));
    }
}
