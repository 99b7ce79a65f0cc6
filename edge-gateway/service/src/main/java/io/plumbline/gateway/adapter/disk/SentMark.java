package io.plumbline.gateway.adapter.disk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * While Kafka is away: the number of the first record that was never handed to it. Only what is behind that may be dropped, because
 * only of that it is certain that it is not in Kafka. Absent while records flow.
 */
record SentMark(Path file) {

    static SentMark in(Path folder) {
        return new SentMark(folder.resolve("sent"));
    }

    /** Empty where it is not there or not whole. */
    OptionalLong read() throws IOException {
        try {
            return OptionalLong.of(Long.parseLong(Files.readString(file).strip()));
        } catch (NoSuchFileException | NumberFormatException unknown) {
            return OptionalLong.empty();
        }
    }

    void write(long number) throws IOException {
        GatewayFolder.replace(file, String.valueOf(number).getBytes(StandardCharsets.UTF_8));
    }

    void remove() throws IOException {
        if (Files.deleteIfExists(file)) {
            GatewayFolder.syncParent(file);
        }
    }
}
