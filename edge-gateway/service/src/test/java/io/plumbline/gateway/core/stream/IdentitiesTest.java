package io.plumbline.gateway.core.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.EventId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.wire.MalformedMessageException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IdentitiesTest {

    private static final DeviceId DEVICE = new DeviceId("north-1");
    private static final StreamId STREAM = new StreamId("climate");

    @Test
    void namesOfEveryFormComeBackInTheirOrder() throws IOException {
        // Given
        var random = new Random(1);
        var names = new ArrayList<EventId>();
        for (int i = 0; i < 2_000; i++) {
            var time = Instant.ofEpochMilli(random.nextInt(4) == 0 ? random.nextLong() >>> 2 : 1_767_225_600_000L + i);
            var sequence = random.nextInt(4) == 0 ? random.nextLong() : i;
            names.add(
                    random.nextInt(5) == 0
                            ? EventId.ofContent(DEVICE, STREAM, new byte[] {(byte) i, (byte) (i >> 8)})
                            : EventId.ofSequence(DEVICE, STREAM, time, sequence));
        }
        names.addAll(
                Stream.of("x", "-", "a/-1-2", "a/1-02", "a/+1-2", "a/1--2", "a/1-", "a/", "a/9223372036854775808-1")
                        .map(EventId::new)
                        .toList());
        names.add(EventId.ofSequence(DEVICE, STREAM, Instant.ofEpochMilli(5), Long.MIN_VALUE));
        names.add(EventId.ofSequence(DEVICE, STREAM, Instant.ofEpochMilli(5), Long.MAX_VALUE));

        // Then
        assertThat(read(written(names))).isEqualTo(names);
    }

    @Test
    void aReadingOfARegularDeviceTakesFourBytes() throws IOException {
        // Given
        var names = new ArrayList<EventId>();
        for (int i = 0; i < 512; i++) {
            names.add(EventId.ofSequence(DEVICE, STREAM, Instant.ofEpochSecond(1_767_225_600L + 5L * i), 100_000 + i));
        }

        // Then
        assertThat(written(names)).hasSizeLessThan(4 * 512 + 64);
    }

    @Test
    void namesOfBeforeAreRead() throws IOException {
        // Given
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeInt(2);
        out.writeUTF("north-1/climate/1-2");
        out.writeUTF("north-1/climate/h-01");

        // Then
        assertThat(read(bytes.toByteArray()))
                .containsExactly(new EventId("north-1/climate/1-2"), new EventId("north-1/climate/h-01"));
    }

    @Test
    void damageIsSaid() {
        // Given
        var fromNothing = new byte[] {-1, -1, -1, -2, 1, 2, 2};
        var endless =
                new byte[] {-1, -1, -1, -3, 0, 0, 3, '1', '-', '1', 1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};

        // Then
        for (var damaged : List.of(fromNothing, endless)) {
            assertThatThrownBy(() -> read(damaged)).isInstanceOf(MalformedMessageException.class);
        }
    }

    private static byte[] written(List<EventId> names) throws IOException {
        var bytes = new ByteArrayOutputStream();
        Identities.write(names, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static List<EventId> read(byte[] bytes) throws IOException {
        var names = new ArrayList<EventId>();
        Identities.read(new DataInputStream(new ByteArrayInputStream(bytes)), names);
        return names;
    }
}
