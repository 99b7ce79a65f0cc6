package io.plumbline.gateway.core.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.EventId;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.InferenceResult;
import io.plumbline.gateway.testing.TinyDetector;
import java.awt.Color;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FootageTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:45Z");
    private static final byte[] WHITE = TinyDetector.picture("png", Color.WHITE);

    private final Footage footage = new Footage(80, Duration.ofDays(1), 20L * WHITE.length);

    private void add(int minute, byte[] frame) {
        add(TinyDetector.CAMERAS, minute, frame);
    }

    private void add(StreamId stream, int minute, byte[] frame) {
        var camera = new DeviceId("cam-1");
        var time = START.plus(Duration.ofMinutes(minute));
        var result = new InferenceResult(
                EventId.ofSequence(camera, stream, time, 0),
                camera,
                new SiteId("north"),
                new GatewayId("gw-north"),
                stream,
                TinyDetector.MODEL,
                Digest.of(new byte[0]),
                Digest.of(new byte[0]),
                time,
                Optional.empty(),
                1,
                Optional.empty());
        footage.add(result, TinyDetector.card().image(), frame);
    }

    @Test
    void framesAreDecodedWhenTheyAreAskedFor() {
        // When
        for (int minute = 0; minute < 8; minute++) {
            add(minute, WHITE);
        }

        // Then
        var halves = footage.of(TinyDetector.MODEL).orElseThrow();
        assertThat(halves.calibration())
                .hasSize(4)
                .allSatisfy(frame -> assertThat(frame.toArray()).containsExactly(1, 1, 1));
        assertThat(halves.holdout()).hasSize(4);
        assertThat(footage.of(new ModelName("other"))).isEmpty();
    }

    @Test
    void anEighthAsManyAsWindowsAreKeptAndNoMoreThanTheBytesAllow() {
        // When
        for (int minute = 0; minute < 500; minute++) {
            add(minute, WHITE);
        }

        // Then
        var halves = footage.of(TinyDetector.MODEL).orElseThrow();
        assertThat(halves.calibration().size() + halves.holdout().size()).isBetween(5, 10);
    }

    @Test
    void moreStreamsHaveNoMoreRoomTogether() {
        // When
        for (int minute = 0; minute < 100; minute++) {
            for (int stream = 0; stream < 4; stream++) {
                add(new StreamId("cameras-" + stream), minute, WHITE);
            }
        }

        // Then
        var halves = footage.of(TinyDetector.MODEL).orElseThrow();
        assertThat(halves.calibration().size() + halves.holdout().size()).isBetween(12, 20);
    }

    @Test
    void aStreamThatEndsTakesItsFramesWithIt() {
        // Given
        add(0, WHITE);

        // When
        footage.remove(TinyDetector.CAMERAS);

        // Then
        assertThat(footage.of(TinyDetector.MODEL)).isEmpty();
    }
}
