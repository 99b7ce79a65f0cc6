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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentitiesTest {

    private static final DeviceId DEVICE = new DeviceId("north-1");
    private static final StreamId STREAM = new StreamId("climate");
    /** Of no form, or not the way a number is written. */
    private static final List<EventId> UNUSUAL = Stream.of(
                    "x", "-", "a/1-02", "a/+1-2", "a/1--", "a/1-", "a/", "a/-0-2", "a/1--0", "a/9223372036854775808-1")
            .map(EventId::new)
            .toList();

    @Test
    void namesOfEveryFormComeBack() throws IOException {
        // Given
        var random = new Random(1);
        var names = new ArrayList<EventId>();
        for (int i = 0; i < 500; i++) {
            var time = Instant.ofEpochMilli(random.nextInt(4) == 0 ? random.nextLong() >>> 2 : 1_767_225_600_000L + i);
            var sequence = random.nextInt(4) == 0 ? random.nextLong() : i;
            names.add(random.nextInt(5) == 0 ? content(i) : EventId.ofSequence(DEVICE, STREAM, time, sequence));
        }
        names.addAll(UNUSUAL);
        names.add(EventId.ofSequence(DEVICE, STREAM, Instant.ofEpochMilli(5), Long.MIN_VALUE));
        names.add(EventId.ofSequence(DEVICE, STREAM, Instant.ofEpochMilli(5), Long.MAX_VALUE));

        // When
        var back = read(written(names));

        // Then
        assertThat(names).allMatch(back::contains);
    }

    @Test
    void aNameThatDiffersInOneSignIsAnother() {
        // Given
        var identities = of(List.of(new EventId("a/1-2"), new EventId("a/-1--2")));

        // Then
        assertThat(UNUSUAL).noneMatch(identities::contains);
        assertThat(Stream.of("a/1--2", "a/-1-2", "b/1-2", "/1-2", "1-2", "a/1-20", "a/2-1")
                        .map(EventId::new))
                .noneMatch(identities::contains);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void theLastOnesAreKnownAsAPlainListWouldKnowThem(long seed) throws IOException {
        // Given
        var random = new Random(seed);
        var plain = new ArrayList<EventId>();
        var identities = new Identities();

        // When
        for (int i = 0; i < 3_000; i++) {
            var time = Instant.ofEpochMilli(1_000 + i - random.nextInt(random.nextBoolean() ? 1 : 900));
            var name = EventId.ofSequence(DEVICE, STREAM, time, random.nextInt(3));
            assertThat(identities.contains(name)).as("%s at %d", name, i).isEqualTo(plain.contains(name));
            identities.add(name);
            identities = i % 500 == 250 ? read(written(identities)) : identities;
            if (!plain.contains(name)) {
                plain.add(name);
            }
            if (plain.size() > Identities.MOST) {
                plain.remove(0);
            }
        }

        // Then
        assertThat(plain).hasSize(Identities.MOST).allMatch(identities::contains);
    }

    @Test
    void namesWithoutASequenceAreBoundedToo() {
        // Given
        var identities = new Identities();

        // When
        for (int i = 0; i < 2 * Identities.MOST; i++) {
            identities.add(content(i));
        }

        // Then
        assertThat(identities.contains(content(Identities.MOST - 1))).isFalse();
        assertThat(identities.contains(content(Identities.MOST))).isTrue();
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
        var read = read(bytes.toByteArray());
        assertThat(read.contains(new EventId("north-1/climate/1-2"))).isTrue();
        assertThat(read.contains(new EventId("north-1/climate/h-01"))).isTrue();
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

    private static EventId content(int i) {
        return EventId.ofContent(DEVICE, STREAM, new byte[] {(byte) i, (byte) (i >> 8)});
    }

    private static Identities of(List<EventId> names) {
        var identities = new Identities();
        names.forEach(identities::add);
        return identities;
    }

    private static byte[] written(List<EventId> names) throws IOException {
        return written(of(names));
    }

    private static byte[] written(Identities identities) throws IOException {
        var bytes = new ByteArrayOutputStream();
        identities.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static Identities read(byte[] bytes) throws IOException {
        return Identities.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }
}
