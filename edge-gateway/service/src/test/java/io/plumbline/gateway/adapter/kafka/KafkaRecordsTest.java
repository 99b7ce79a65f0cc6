package io.plumbline.gateway.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.Topics;
import io.plumbline.gateway.testing.Records;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaRecordsTest {

    @Test
    void keepsTheKeyAndLeavesTheTimeToKafka() {
        // When
        var record = KafkaRecords.of(Records.letters(9, 1).iterator().next(), Map.of());

        // Then
        assertThat(record.topic()).isEqualTo(Topics.DEAD_LETTERS);
        assertThat(record.key()).isEqualTo("sites/north/motes/north-1/climate".getBytes(StandardCharsets.UTF_8));
        assertThat(record.headers().lastHeader("reason").value())
                .isEqualTo("MALFORMED".getBytes(StandardCharsets.UTF_8));
        assertThat(record.timestamp()).isNull();
        assertThat(record.partition()).isNull();
    }
}
