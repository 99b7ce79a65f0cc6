package io.plumbline.gateway.adapter.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.DeadLetter;
import io.plumbline.contract.message.DeadLetterReason;
import io.plumbline.gateway.core.outbox.OutboxRecord;
import io.plumbline.gateway.core.outbox.RefusalTrace;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameTest {

    private static final int USUAL_BYTES = 128 << 10;

    @Test
    void recordsOfAnySizeAreFramedAsEachByItself() {
        // Given
        var random = new Random(1);
        var writer = new Frame.Writer();
        for (var sizes : List.of(
                List.of(0),
                List.of(1, 2, 3),
                List.of(USUAL_BYTES - 500),
                List.of(USUAL_BYTES, 7),
                List.of(300_000, 1))) {
            var records = new ArrayList<OutboxRecord>();
            sizes.forEach(size -> records.add(letter(random, size)));

            // When
            var framed = bytes(writer.of(records));

            // Then
            var expected =
                    records.stream().map(record -> Frame.of(record.toBytes())).toList();
            var whole = ByteBuffer.allocate(
                    expected.stream().mapToInt(ByteBuffer::remaining).sum());
            expected.forEach(whole::put);
            assertThat(framed).isEqualTo(whole.array());
        }
    }

    @Test
    void aRecordComesBackFromItsBytes() {
        var record = letter(new Random(2), 1_000);
        var back = OutboxRecord.from(record.toBytes());
        assertThat(back.kind()).isEqualTo(record.kind());
        assertThat(back.key()).isEqualTo(record.key());
        assertThat(back.headers()).isEqualTo(record.headers());
        assertThat(back.value()).isEqualTo(record.value());
        assertThat(back.trace()).isEqualTo(record.trace());
    }

    private static OutboxRecord letter(Random random, int size) {
        var payload = new byte[size];
        random.nextBytes(payload);
        var letter = new DeadLetter(
                DeadLetterReason.MALFORMED,
                "no reading: 20 °C",
                "sites/north/motes/µ-1/climate",
                new GatewayId("gw-north"),
                new SiteId("north"),
                new StreamId("climate"),
                Instant.EPOCH);
        return OutboxRecord.deadLetter(letter, payload, new RefusalTrace(1, size));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
