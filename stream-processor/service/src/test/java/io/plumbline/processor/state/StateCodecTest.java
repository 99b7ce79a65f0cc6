package io.plumbline.processor.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.judging.label.LabelDesk.DeviceClock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateCodecTest {

    private static final int ROUNDS = 40;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatIsWrittenIsReadAgain(long seed) {
        var made = new Made(new Random(seed));
        for (int round = 0; round < ROUNDS; round++) {
            made.samples().forEach(StateCodecTest::assertRead);
        }
    }

    private static <T> void assertRead(Made.Sample<T> sample) {
        assertThat(sample.codec().decode(sample.codec().encode(sample.value()))).isEqualTo(sample.value());
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void whatOlderVersionsWroteIsRead(long seed) {
        var made = new Made(new Random(seed));
        for (int round = 0; round < ROUNDS; round++) {
            made.samples().forEach(StateCodecTest::assertReadFromJson);
        }
    }

    private static <T> void assertReadFromJson(Made.Sample<T> sample) {
        assertThat(sample.codec().decode(Json.encode(sample.value()))).isEqualTo(sample.value());
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 8})
    void bytesThatEndTooEarlyOrTooLateAreRefused(long seed) {
        for (var sample : new Made(new Random(seed)).samples()) {
            var whole = encoded(sample);
            for (int length = 0; length < whole.length; length++) {
                assertRefused(sample.codec(), Arrays.copyOf(whole, length));
            }
            assertRefused(sample.codec(), Arrays.copyOf(whole, whole.length + 1));
        }
    }

    private static <T> byte[] encoded(Made.Sample<T> sample) {
        return sample.codec().encode(sample.value());
    }

    private static void assertRefused(StateCodec<?> codec, byte[] bytes) {
        assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> codec.decode(bytes));
    }

    @ParameterizedTest
    @ValueSource(longs = {9, 10})
    void foreignBytesAreRefusedAndNothingElse(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            for (var sample : new Made(random).samples()) {
                var bytes = encoded(sample);
                bytes[1 + random.nextInt(bytes.length - 1)] ^= (byte) (1 << random.nextInt(8));
                refusedOrRead(sample.codec(), bytes);
                random.nextBytes(bytes);
                refusedOrRead(sample.codec(), bytes);
                bytes[0] = 1;
                refusedOrRead(sample.codec(), bytes);
            }
        }
    }

    /** Whatever is read can be kept again. */
    private static <T> void refusedOrRead(StateCodec<T> codec, byte[] bytes) {
        try {
            var value = codec.decode(bytes);
            assertThat(codec.decode(codec.encode(value))).isEqualTo(value);
        } catch (MalformedMessageException e) {
            assertThat(e).hasMessageMatching("(?s)\\w+[ :].+");
        }
    }

    @Test
    void aVersionToComeIsRefusedByName() {
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> Layouts.CLOCK.decode(new byte[] {2, 0, 0}))
                .withMessage("DeviceClock has version 2, which this processor does not know; it knows 1 and JSON");
    }

    @Test
    void theBytesAreThoseThatWereDrawn() {
        var clock = new DeviceClock(Instant.ofEpochSecond(-65, 300));
        assertThat(HexFormat.of().formatHex(Layouts.CLOCK.encode(clock))).isEqualTo("018101d804");
    }
}
