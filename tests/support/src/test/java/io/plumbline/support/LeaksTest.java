package io.plumbline.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeaksTest {

    private static final double READING = 23.180417263915;
    private static final float[] ROW = {23.18f, 27.272f, 426.0f};
    private static final byte[] JPEG_START = {
        (byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0, 0, 16, 'J', 'F', 'I', 'F', 0
    };

    private final Leaks leaks = new Leaks();
    private final byte[] file = new byte[4096];

    @BeforeEach
    void keep() {
        new Random(7).nextBytes(file);
        leaks.keep(READING);
        leaks.keep(ROW);
        leaks.keep(file);
    }

    @Test
    void aReadingIsFoundInTextAndAsDoubleAndAsNeighbouringFloats() {
        // Given
        var text = "{\"co2\":1,\"temperature\":23.180417263915}";
        var doubles = ByteBuffer.allocate(11).order(ByteOrder.LITTLE_ENDIAN).putDouble(3, READING);
        var floats = ByteBuffer.allocate(13).order(ByteOrder.LITTLE_ENDIAN);
        floats.putFloat(1, ROW[1]).putFloat(5, ROW[2]);

        // When, Then
        assertThat(leaks.find(text.getBytes(StandardCharsets.UTF_8), Set.of()))
                .hasValueSatisfying(what -> assertThat(what).contains("23.180417263915"));
        assertThat(leaks.find(doubles.array(), Set.of())).contains("bytes of a reading or an image at 3");
        assertThat(leaks.find(floats.array(), Set.of())).contains("bytes of a reading or an image at 1");
        assertThat(leaks.find(Double.toString((float) READING).getBytes(StandardCharsets.UTF_8), Set.of()))
                .isPresent();
    }

    @Test
    void aPieceOfAFileIsFoundAndSoIsTheBeginningOfAnyImage() {
        // Given
        var piece = ByteBuffer.allocate(64).put(5, file, 160, 32).array();
        var inText = Base64.getEncoder().encode(JPEG_START);

        // When, Then
        assertThat(leaks.find(piece, Set.of())).contains("bytes of a reading or an image at 5");
        assertThat(leaks.find(JPEG_START, Set.of())).contains("the beginning of an image at 0");
        assertThat(leaks.find(inText, Set.of())).contains("the beginning of an image at 0");
    }

    @Test
    void whatIsMeantToBeToldAndWhatNobodyKeepsIsNotFound() {
        // Given
        var told = "{\"max\":23.180417263915}".getBytes(StandardCharsets.UTF_8);
        var noise = new byte[1 << 20];
        new Random(8).nextBytes(noise);

        // When
        leaks.look("a range", told, Set.of("23.180417263915"));
        leaks.look("noise", noise);
        leaks.look("the same range", told);

        // Then
        assertThat(leaks.found()).singleElement().asString().startsWith("the same range: ");
        assertThat(leaks.looks()).isEqualTo(3);
        assertThat(leaks.bytes()).isEqualTo(noise.length + 2L * told.length);
    }
}
