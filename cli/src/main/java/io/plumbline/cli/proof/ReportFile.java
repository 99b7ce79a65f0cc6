package io.plumbline.cli.proof;

import io.plumbline.contract.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a report goes. An older one there is removed first, so that nobody takes it for this run's. */
public final class ReportFile {

    private final Path file;

    private ReportFile(Path file) {
        this.file = file;
    }

    /** @throws IllegalArgumentException if nothing can be written there: better known now than after minutes */
    public static ReportFile at(Path file) {
        var folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file)) {
            throw refused(file, "it is a folder; name a file in it");
        }
        if (folder == null || !Files.isDirectory(folder)) {
            throw refused(file, "there is no folder " + folder + "; create it first");
        }
        try {
            if (Files.isRegularFile(file)) {
                Files.delete(file);
            }
            if (!Files.exists(file)) {
                Files.delete(Files.createFile(file));
            }
        } catch (IOException e) {
            throw refused(file, "the folder " + folder + " or the file is not writable; choose another");
        }
        return new ReportFile(file);
    }

    private static IllegalArgumentException refused(Path file, String because) {
        return new IllegalArgumentException("--report " + file + " cannot be written: " + because);
    }

    public void write(DemoReport report) throws IOException {
        Files.writeString(file, Json.pretty(report) + "\n");
    }
}
