package io.plumbline.gateway.adapter.camera;

import io.plumbline.gateway.core.frame.FrameDecoder;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The parts of a multipart/x-mixed-replace body. Cameras write the boundary with or without its two leading hyphens, and may
 * leave out the line break before it; the first boundary in the body says which of both it is. Not thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2046#section-5.1.1">RFC 2046, 5.1.1</a>
 */
final class MultipartFrames {

    private static final Pattern BOUNDARY = Pattern.compile("(?i);\\s*boundary\\s*=\\s*(?:\"([^\"]+)\"|([^;\\s]+))");
    private static final String TYPE = "multipart/x-mixed-replace";
    private static final int LONGEST_LINE = 1024;
    private static final int MOST_LINES = 64;
    private static final int NONE = -1;

    private final InputStream in;
    private final String boundary;
    private byte[] delimiter = {};
    private boolean owed;
    private boolean ended;

    private MultipartFrames(InputStream in, String boundary) {
        this.in = new BufferedInputStream(in, 1 << 16);
        this.boundary = boundary;
    }

    /** @throws ProtocolException if this is no such body */
    static MultipartFrames of(InputStream in, String contentType) throws ProtocolException {
        var found = BOUNDARY.matcher(contentType);
        if (!contentType.strip().toLowerCase(Locale.ROOT).startsWith(TYPE) || !found.find()) {
            throw new ProtocolException("Content-Type '" + contentType + "' must be " + TYPE + " with a boundary");
        }
        return new MultipartFrames(in, found.group(1) != null ? found.group(1) : found.group(2));
    }

    /**
     * The next part that is not empty; nothing after the last.
     *
     * @throws IOException if the body breaks off or is none
     */
    Optional<byte[]> next() throws IOException {
        if (delimiter.length == 0) {
            ended = !begin();
        }
        while (!ended) {
            if (owed) {
                owed = false;
                var line = line();
                endOfPart(line.isEmpty() ? line() : line);
                continue;
            }
            var length = length();
            var part = length == NONE ? searched() : exactly(length);
            if (part.length > 0) {
                return Optional.of(part);
            }
        }
        return Optional.empty();
    }

    /** Passes over what comes before the first boundary; false if that is the last. */
    private boolean begin() throws IOException {
        for (int i = 0; i < MOST_LINES; i++) {
            var line = line();
            var plain = line.endsWith("--") ? line.substring(0, line.length() - 2) : line;
            if (isBoundary(line)) {
                delimiter = line.getBytes(StandardCharsets.ISO_8859_1);
                return true;
            }
            if (isBoundary(plain)) {
                return false;
            }
        }
        throw new ProtocolException("no boundary '" + boundary + "' in the first " + MOST_LINES + " lines");
    }

    private boolean isBoundary(String line) {
        return line.equals("--" + boundary) || line.equals(boundary);
    }

    /** Reads the headers of a part. */
    private int length() throws IOException {
        var length = NONE;
        for (int i = 0; i < MOST_LINES; i++) {
            var line = line();
            if (line.isEmpty()) {
                return length;
            }
            var colon = line.indexOf(':');
            if (colon < 0) {
                throw new ProtocolException("'" + line + "' is no header of a part");
            }
            if (line.substring(0, colon).strip().equalsIgnoreCase("Content-Length")) {
                length = length(line.substring(colon + 1).strip());
            }
        }
        throw new ProtocolException("a part has more than " + MOST_LINES + " headers");
    }

    private static int length(String text) throws ProtocolException {
        try {
            var length = Integer.parseInt(text);
            if (length >= 0 && length <= FrameDecoder.MAX_BYTES) {
                return length;
            }
        } catch (NumberFormatException e) {
            throw new ProtocolException("Content-Length '" + text + "' must be a whole number");
        }
        throw new ProtocolException(
                "Content-Length " + text + " must be between 0 and the " + FrameDecoder.MAX_BYTES + " of any frame");
    }

    private byte[] exactly(int length) throws IOException {
        var part = in.readNBytes(length);
        if (part.length < length) {
            throw new EOFException(
                    "the stream broke off after " + part.length + " of the " + length + " bytes of a frame");
        }
        owed = true; // the boundary may come only with the next frame
        return part;
    }

    /** What comes after a part: the boundary, which the last one has with two hyphens more. */
    private void endOfPart(String line) throws IOException {
        var expected = new String(delimiter, StandardCharsets.ISO_8859_1);
        ended = line.equals(expected + "--");
        if (!ended && !line.equals(expected)) {
            throw new ProtocolException("no boundary where its Content-Length says that a frame ends");
        }
    }

    /** Everything before the next line that begins with the boundary. */
    private byte[] searched() throws IOException {
        var part = new Part();
        while (!part.endsWithLine(delimiter)) {
            var next = in.read();
            if (next < 0) {
                throw new EOFException("the stream broke off in a frame");
            }
            part.write(next);
            if (part.size() > FrameDecoder.MAX_BYTES + delimiter.length + 2) {
                throw new ProtocolException("a frame has more than the " + FrameDecoder.MAX_BYTES + " bytes of any");
            }
        }
        endOfPart(new String(delimiter, StandardCharsets.ISO_8859_1) + line());
        return part.before(delimiter);
    }

    private static final class Part extends ByteArrayOutputStream {

        private boolean endsWithLine(byte[] text) {
            var start = count - text.length;
            return count > 0
                    && buf[count - 1] == text[text.length - 1]
                    && start >= 0
                    && (start == 0 || buf[start - 1] == '\n')
                    && Arrays.equals(buf, start, count, text, 0, text.length);
        }

        private byte[] before(byte[] text) {
            var end = Math.max(0, count - text.length - 1);
            return Arrays.copyOf(buf, end > 0 && buf[end - 1] == '\r' ? end - 1 : end);
        }
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                if (line.length() > 0) {
                    return line.toString(); // the last boundary needs no line break
                }
                throw new EOFException("the stream has ended");
            }
            if (line.length() == LONGEST_LINE) {
                throw new ProtocolException("a header or boundary is longer than " + LONGEST_LINE + " bytes");
            }
            line.append((char) next);
        }
        var last = line.length() - 1;
        return last >= 0 && line.charAt(last) == '\r' ? line.substring(0, last) : line.toString();
    }
}
