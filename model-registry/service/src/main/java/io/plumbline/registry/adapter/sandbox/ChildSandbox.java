package io.plumbline.registry.adapter.sandbox;

import io.plumbline.contract.artifact.SelfTest;
import io.plumbline.contract.wire.Json;
import io.plumbline.inference.model.ModelBytes;
import io.plumbline.registry.core.build.BuildException;
import io.plumbline.registry.core.build.Sandbox;
import io.plumbline.registry.core.build.SandboxLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One JVM for each model. Memory is watched where there is a /proc; elsewhere only the heap is bounded. */
public final class ChildSandbox implements Sandbox {

    private static final long LOOK_MILLIS = 20;

    private final Path folder;
    private final SandboxLimits limits;
    private final Class<?> main;

    /**
     * Over a folder of its own, which is created if need be, and emptied of what a process that was killed left there: a model,
     * each time.
     */
    public static ChildSandbox open(Path folder, SandboxLimits limits) throws IOException {
        return open(folder, limits, SandboxMain.class);
    }

    static ChildSandbox open(Path folder, SandboxLimits limits, Class<?> main) throws IOException {
        Files.createDirectories(folder);
        try (var left = Files.list(folder)) {
            for (var box : left.toList()) {
                new Box(box).delete();
            }
        }
        return new ChildSandbox(folder, limits, main);
    }

    private ChildSandbox(Path folder, SandboxLimits limits, Class<?> main) {
        this.folder = folder;
        this.limits = limits;
        this.main = main;
    }

    @Override
    public SelfTest run(ModelBytes onnx, SelfTest questions) throws BuildException {
        try {
            var box = new Box(Files.createTempDirectory(folder, "model-"));
            try {
                Files.write(box.model(), onnx.get());
                Files.write(box.probes(), Json.encode(questions));
                return run(box);
            } finally {
                box.delete();
            }
        } catch (IOException e) {
            throw new BuildException("the model cannot be tried: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BuildException("interrupted while the model was tried", e);
        }
    }

    private SelfTest run(Box box) throws IOException, InterruptedException, BuildException {
        var child = new ProcessBuilder(command(box))
                .directory(box.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(box.log().toFile())
                .start();
        try {
            var excess = watch(child);
            if (excess.isPresent()) {
                throw new BuildException(excess.get());
            }
        } finally {
            child.destroyForcibly().waitFor();
        }
        var answer = box.read(box.answer());
        if (answer.isPresent()) {
            return Json.decode(answer.get(), SelfTest.class);
        }
        var problem = box.read(box.problem()).map(line -> new String(line, StandardCharsets.UTF_8));
        throw new BuildException(problem.orElse("the runtime crashed on it (exit " + child.exitValue() + ")"));
    }

    /** @return what the child took too much of; empty if it ended by itself */
    private Optional<String> watch(Process child) throws InterruptedException {
        var end = System.nanoTime() + limits.time().toNanos();
        while (!child.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            if (System.nanoTime() > end) {
                return Optional.of(
                        "it takes longer than the " + limits.time().toSeconds() + " s that a model may take to answer");
            }
            if (residentMegabytes(child.pid()) > limits.megabytes()) {
                return Optional.of("it needs more than the " + limits.megabytes() + " MB that a model may have");
            }
        }
        return Optional.empty();
    }

    /** 0 where that cannot be known. */
    private static long residentMegabytes(long pid) {
        try (var lines = Files.lines(Path.of("/proc", String.valueOf(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | java.io.UncheckedIOException | NumberFormatException gone) {
            return 0;
        }
    }

    private List<String> command(Box box) {
        var words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + limits.megabytes() / 2 + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + box.folder().resolve("crash.log")));
        if (Runtime.version().feature() >= 22) {
            words.add("--enable-native-access=ALL-UNNAMED");
        }
        words.addAll(
                List.of("-cp", ClassPath.of(main), main.getName(), box.folder().toString()));
        return words;
    }
}
