package io.plumbline.registry.adapter.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that are whole or not there, whenever the power goes. */
final class DurableFiles {

    private static final String TEMPORARY = ".new-";

    private DurableFiles() {}

    /** Writes beside the target, forces it to disk, and renames it into place. */
    static void write(Path target, byte[] content) throws IOException {
        var folder = target.toAbsolutePath().resolveSibling(".").normalize();
        Files.createDirectories(folder);
        var temporary = Files.createTempFile(folder, TEMPORARY, "");
        try {
            try (var channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                var buffer = ByteBuffer.wrap(content);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }
            move(temporary, target);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Whether it is one that was being written, now or when its process was killed. */
    static boolean isTemporary(Path file) {
        return String.valueOf(file.getFileName()).startsWith(TEMPORARY);
    }

    /** Forces a file of the same disk to it, and renames it into place. */
    static void move(Path file, Path target) throws IOException {
        var folder = target.toAbsolutePath().resolveSibling(".").normalize();
        Files.createDirectories(folder);
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder(folder);
    }

    private static void forceFolder(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
