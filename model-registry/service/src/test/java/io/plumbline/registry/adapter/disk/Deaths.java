package io.plumbline.registry.adapter.disk;

import io.plumbline.registry.core.build.BuildException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What is left on the disk of processes that ended during a piece of work. */
public final class Deaths {

    private Deaths() {}

    /** One process after the other ends during this piece. */
    public static void during(Path folder, String name, String words, int times) throws IOException, BuildException {
        for (int i = 0; i < times; i++) {
            restore(AttemptFiles.open(folder).at(name, words, () -> left(folder)));
        }
    }

    /** Makes the disk look as it did at the end of the process. */
    public static void restore(Map<Path, byte[]> left) throws IOException {
        for (var file : left.entrySet()) {
            Files.write(file.getKey(), file.getValue());
        }
    }

    /** What a process that ends now leaves. */
    public static Map<Path, byte[]> left(Path folder) {
        var all = new HashMap<Path, byte[]>();
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files) {
                all.put(file, Files.readAllBytes(file));
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
