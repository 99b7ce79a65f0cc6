package io.plumbline.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * Files under src/test/resources/golden, or schemas beside the code, that must never change by accident. A new one is
 * written with {@code -Dgolden.write=true}; an existing one is rewritten only that way too, and the diff is reviewed.
 */
public final class Golden {

    private static final Path FOLDER = Path.of("src/test/resources/golden");

    private Golden() {}

    public static void bytes(String name, byte[] actual) throws IOException {
        text(FOLDER.resolve(name), HexFormat.of().formatHex(actual).replaceAll("(.{120})", "$1\n") + "\n");
    }

    public static byte[] bytes(String name) throws IOException {
        return HexFormat.of().parseHex(Files.readString(FOLDER.resolve(name)).replaceAll("\\s", ""));
    }

    public static void text(Path file, String actual) throws IOException {
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, actual);
        }
        assertThat(file).as("golden file; see Golden for how to make it").exists();
        assertThat(actual).as("content of " + file).isEqualTo(Files.readString(file));
    }

    public static Path file(String name) {
        return FOLDER.resolve(name);
    }
}
