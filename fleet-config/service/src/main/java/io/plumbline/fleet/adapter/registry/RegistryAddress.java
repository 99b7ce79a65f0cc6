package io.plumbline.fleet.adapter.registry;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the registry is: told, or written in a file that may come after the start. Such a file is read at each request.
 *
 * @param setting {@code http://host:port}, or {@code file:///path} of a file that says so in its first line; empty if there is none
 */
public record RegistryAddress(Optional<URI> setting) {

    private static final int MOST_CHARACTERS = 2048;

    /** Empty if it is not known, or not yet. */
    Optional<URI> now() {
        return setting.flatMap(uri -> "file".equals(uri.getScheme()) ? read(Path.of(uri)) : Optional.of(uri));
    }

    private static Optional<URI> read(Path file) {
        try (var in = Files.newInputStream(file)) {
            var text = new String(in.readNBytes(MOST_CHARACTERS), StandardCharsets.UTF_8);
            return text.lines()
                    .findFirst()
                    .map(String::strip)
                    .filter(line -> line.startsWith("http://") || line.startsWith("https://"))
                    .map(URI::create);
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
