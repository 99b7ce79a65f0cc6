package io.plumbline.cli.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class CopiesTest {

    private final List<Long> read = new ArrayList<>();
    private final Copies copies = new Copies(record -> read.add(record.offset()));

    @Test
    void onlyWhatIsTheSameToTheLastByteIsDropped() {
        // When
        copies.accept(record(0, "t", "a", "x", "1"));
        copies.accept(record(1, "t", "a", "x", "1"));
        copies.accept(record(2, "t", "a", "y", "1"));
        copies.accept(record(3, "t", "b", "x", "1"));
        copies.accept(record(4, "t", "a", "x", "2"));
        copies.accept(record(5, "u", "a", "x", "1"));
        copies.accept(record(6, "ta", "", "x", "1"));

        // Then
        assertThat(read).containsExactly(0L, 2L, 3L, 4L, 5L, 6L);
        assertThat(copies.count()).isEqualTo(1);
    }

    private static ConsumerRecord<String, byte[]> record(
            long offset, String topic, String key, String value, String header) {
        var record = new ConsumerRecord<>(topic, 0, offset, key, value.getBytes(StandardCharsets.UTF_8));
        record.headers().add("received-at", header.getBytes(StandardCharsets.UTF_8));
        return record;
    }
}
