package io.plumbline.gateway.adapter.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.gateway.core.frame.FrameDecoder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartFramesTest {

    private static final String TYPE = "multipart/x-mixed-replace; boundary=";

    private static List<String> parts(String type, String body) throws IOException {
        var frames = MultipartFrames.of(new ByteArrayInputStream(body.getBytes(StandardCharsets.ISO_8859_1)), type);
        var parts = new ArrayList<String>();
        for (var part = frames.next(); part.isPresent(); part = frames.next()) {
            parts.add(new String(part.get(), StandardCharsets.ISO_8859_1));
        }
        return parts;
    }

    @ParameterizedTest
    @CsvSource({"b, --b", "\"b c\", --b c", "--b, --b", "--b, ----b", "b; charset=x, --b"})
    void takesTheBoundaryAsCamerasWriteIt(String named, String line) throws IOException {
        // Given
        var body = "preamble\r\n" + line + "\r\nX: y\r\n\r\none\r\n" + line + "\r\nContent-Length: 5\r\n\r\ntwo\r\n\r\n"
                + line + "\r\n\r\nth\r\n-\r\n--ree\r\n" + line + "--";

        // Then
        assertThat(parts(TYPE + named, body)).containsExactly("one", "two\r\n", "th\r\n-\r\n--ree");
    }

    @Test
    void passesOverEmptyPartsAndTakesBareLineBreaks() throws IOException {
        assertThat(parts(TYPE + "b", "--b\n\n--b\nContent-Length: 0\n\n\n--b\n\none\n--b--\n"))
                .containsExactly("one");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Content-Length: x|Content-Length 'x' must be a whole number",
                "Content-Length: -1|Content-Length -1 must be between 0 and the 8388608 of any frame",
                "Content-Length: 8388609|Content-Length 8388609 must be between 0 and the 8388608 of any frame",
                "no header|'no header' is no header of a part",
                "Content-Length: 99|the stream broke off after 14 of the 99 bytes of a frame",
                "Content-Length: 2|no boundary where its Content-Length says that a frame ends"
            })
    void saysWhatIsMalformed(String header, String complaint) {
        assertThatThrownBy(() -> parts(TYPE + "b", "--b\r\n" + header + "\r\n\r\nframe\r\n--b--\r\n"))
                .isInstanceOf(IOException.class)
                .hasMessage(complaint);
    }

    @Test
    void endsAFrameThatHasNoEnd() {
        var endless = "--b\r\n\r\n" + "x".repeat(FrameDecoder.MAX_BYTES + 100);
        assertThatThrownBy(() -> parts(TYPE + "b", endless)).hasMessageContaining("more than the 8388608 bytes");
        assertThatThrownBy(() -> parts(TYPE + "b", "x".repeat(2_000))).hasMessageContaining("longer than 1024");
        assertThatThrownBy(() -> parts(TYPE + "b", "x\n".repeat(100))).hasMessageContaining("no boundary 'b'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "image/jpeg", "multipart/x-mixed-replace", "text/html; boundary=b"})
    void takesNoOtherContent(String type) {
        assertThatThrownBy(() -> parts(type, "--b\r\n"))
                .hasMessage("Content-Type '" + type + "' must be multipart/x-mixed-replace with a boundary");
    }
}
