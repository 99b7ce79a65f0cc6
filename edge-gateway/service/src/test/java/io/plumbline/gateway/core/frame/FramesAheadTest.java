package io.plumbline.gateway.core.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.message.DeadLetterReason;
import io.plumbline.gateway.core.reading.Decoded;
import io.plumbline.gateway.core.reading.Source;
import io.plumbline.gateway.core.reading.Stamp;
import io.plumbline.gateway.testing.Motes;
import io.plumbline.gateway.testing.TinyDetector;
import io.plumbline.inference.card.ImageInput;
import java.awt.Color;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramesAheadTest {

    private static final ImageInput INPUT = (ImageInput) TinyDetector.card().input();
    private static final Source CAMERA = new Source(new DeviceId("cam-1"), TinyDetector.CAMERAS);
    private static final Stamp STAMP = new Stamp(Map.of("time", Motes.START.toString()), Motes.START);
    private static final byte[] WHITE = TinyDetector.picture("png", Color.WHITE);
    private static final int PIXELS = 32 * 24;

    private final ExecutorService beside = Executors.newSingleThreadExecutor();
    private final Queue<Runnable> asked = new ArrayDeque<>();

    @AfterEach
    void stop() {
        beside.shutdownNow();
    }

    private static FramesAhead frames(Executor executor, long mostPixels) {
        return new FramesAhead(INPUT, Optional.of(executor), mostPixels);
    }

    /** What a picture shows; the reason of what is refused. */
    private static String seen(Decoded decoded) {
        return decoded.fold(
                reading ->
                        Arrays.toString(reading.picture().orElseThrow().tensor().toArray())
                                + Arrays.toString(reading.values()),
                refused -> refused.reason().toString());
    }

    private static String decode(FramesAhead frames, byte[] payload) {
        return seen(frames.decode(CAMERA, payload, STAMP));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatIsExpectedChangesNoAnswer(long seed) {
        // Given
        var random = new Random(seed);
        var pictures = List.of(
                WHITE,
                TinyDetector.picture("jpg", Color.BLACK),
                TinyDetector.picture("jpg", Color.RED),
                Arrays.copyOf(WHITE, WHITE.length / 2),
                new byte[0]);
        var plain = new FramesAhead(INPUT, Optional.empty());
        var most = random.nextBoolean() ? PIXELS : 10 * PIXELS;
        var ahead = frames(beside, most);

        for (int i = 0; i < 300; i++) {
            var picture = pictures.get(random.nextInt(pictures.size())).clone();
            var other = pictures.get(random.nextInt(pictures.size())).clone();

            // When: expected, expected in vain, or not expected
            if (random.nextInt(3) > 0) {
                ahead.expect(CAMERA, random.nextInt(4) > 0 ? picture : other, STAMP);
            }
            var answer = ahead.decode(CAMERA, picture, STAMP);
            ahead.expect(CAMERA, other, STAMP);

            // Then
            assertThat(seen(answer)).isEqualTo(decode(plain, picture));
        }
    }

    @Test
    void aFrameThatIsExpectedIsDecodedOnce() {
        // Given
        var frames = frames(asked::add, PIXELS * 2L);
        frames.expect(CAMERA, WHITE, STAMP);
        frames.expect(CAMERA, WHITE, STAMP);
        assertThat(asked).hasSize(1);
        var payload = WHITE.clone();
        asked.remove().run();

        // When: decoded again, it would be refused
        Arrays.fill(WHITE, (byte) 0);
        var answer = decode(frames, WHITE);

        // Then
        System.arraycopy(payload, 0, WHITE, 0, payload.length);
        assertThat(answer).isEqualTo(decode(frames, WHITE));
    }

    @Test
    void aFrameOfMoreThanHalfTheLargestIsAnswered() {
        var frames = frames(Runnable::run, PIXELS);

        frames.expect(CAMERA, WHITE, STAMP);

        assertThat(decode(frames, WHITE)).isNotEqualTo(DeadLetterReason.TOO_LARGE.toString());
        assertThat(decode(frames(Runnable::run, PIXELS - 1), WHITE)).isEqualTo(DeadLetterReason.TOO_LARGE.toString());
    }

    @Test
    void aFrameThatNeverComesMakesWayForTheNext() {
        // Given
        var frames = frames(asked::add, PIXELS * 2L);
        frames.expect(CAMERA, WHITE.clone(), STAMP);

        // When
        frames.expect(CAMERA, WHITE, STAMP);
        asked.remove().run();
        frames.expect(CAMERA, WHITE, STAMP);

        // Then
        assertThat(asked).hasSize(1);
        asked.remove().run();
        assertThat(decode(frames, WHITE)).isNotEqualTo(DeadLetterReason.NOT_AN_IMAGE.toString());
    }
}
