package io.plumbline.registry.adapter.sandbox;

import io.plumbline.contract.artifact.SelfTest;
import io.plumbline.contract.wire.Json;
import io.plumbline.inference.InferenceException;
import io.plumbline.inference.ModelLoadException;
import io.plumbline.inference.model.ModelBytes;
import io.plumbline.registry.core.build.SelfTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The child: loads the model of a box and runs its probes. The argument is the box's folder. */
public final class SandboxMain {

    private SandboxMain() {}

    public static void main(String[] args) throws IOException {
        endWithTheParent();
        var box = new Box(Path.of(args[0]));
        try {
            var probes = Json.decode(Files.readAllBytes(box.probes()), SelfTest.class);
            var answered = SelfTests.answers(ModelBytes.of(Files.readAllBytes(box.model())), probes);
            Files.write(box.answer(), Json.encode(answered));
        } catch (ModelLoadException | InferenceException | IllegalArgumentException e) {
            box.write(box.problem(), String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            box.write(box.problem(), "it failed: " + e);
        } catch (OutOfMemoryError e) {
            box.write(box.problem(), "it needs more memory than a model may have here: " + e.getMessage());
        }
        Runtime.getRuntime().halt(0);
    }

    /** A registry that was killed leaves no model running. */
    private static void endWithTheParent() {
        var watch = new Thread(SandboxMain::watch, "parent-watch");
        watch.setDaemon(true);
        watch.start();
    }

    private static void watch() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is ever said; the end of it is what matters.
            }
        } catch (IOException gone) {
            // The same.
        }
        Runtime.getRuntime().halt(1);
    }
}
