package io.plumbline.registry.adapter.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Takes away what the ORAS SDK leaves behind: a temporary file for each configuration and manifest that it sends. */
final class OrasLeftovers implements BeforeEachCallback, AfterEachCallback {

    private Set<Path> before = Set.of();

    @Override
    public void beforeEach(ExtensionContext test) throws IOException {
        before = layers();
    }

    @Override
    public void afterEach(ExtensionContext test) throws IOException {
        for (var layer : layers()) {
            if (!before.contains(layer)) {
                Files.deleteIfExists(layer);
            }
        }
    }

    private static Set<Path> layers() throws IOException {
        var all = new HashSet<Path>();
        try (var found = Files.newDirectoryStream(Path.of(System.getProperty("java.io.tmpdir")), "oras*layer")) {
            found.forEach(all::add);
        }
        return all;
    }
}
