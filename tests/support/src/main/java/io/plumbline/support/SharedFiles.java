package io.plumbline.support;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Models and recordings that are too large, or not free enough, to be part of the project. */
public final class SharedFiles {

    private static final Path FOLDER = Path.of(System.getProperty("plumbline.root", "."), "../shared/data");

    private SharedFiles() {}

    /** The file or folder; the test is skipped with a clear message where there is none. */
    public static Path require(String name) {
        var path = FOLDER.resolve(name).normalize();
        Assumptions.assumeTrue(Files.exists(path), () -> "skipped: " + path + " is not on this machine");
        return path;
    }
}
