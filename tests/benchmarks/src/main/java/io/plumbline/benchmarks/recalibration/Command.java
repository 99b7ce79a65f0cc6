package io.plumbline.benchmarks.recalibration;

import io.plumbline.cli.launch.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged command line, as people start it. */
public final class Command {

    private static final int LIMIT_MINUTES = 5;

    private Command() {}

    /**
     * What it answered.
     *
     * @param exit its exit code
     */
    public record Said(int exit, String out, String err) {}

    /** @param folder for what it writes */
    static Said run(Installation installation, Path folder, String... words) throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Dplumbline.root=" + installation.root());
        command.add("-cp");
        command.add(installation.agent() + ":" + installation.root().resolve("cli/target/lib/*"));
        command.add("io.plumbline.cli.Main");
        command.addAll(List.of(words));
        var out = Files.createTempFile(folder, "command", ".out");
        var err = Files.createTempFile(folder, "command", ".err");
        var process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException(String.join(" ", words) + " takes more than " + LIMIT_MINUTES + " minutes");
        }
        return new Said(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
