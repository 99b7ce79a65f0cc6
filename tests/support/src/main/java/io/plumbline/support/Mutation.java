package io.plumbline.support;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/** Changes bytes as a function of the random numbers: one to four times in a row, one time in eight not at all. */
public final class Mutation {

    private static final int UNCHANGED_ONE_IN = 8;
    private static final int MOST_CHANGES = 4;

    /** What decoders stumble over. */
    private static final List<byte[]> SPITE = List.of(
            text("1e999"),
            text("-1e-999"),
            text("NaN"),
            text("-0"),
            text("9223372036854775808"),
            text("0".repeat(300) + "1"),
            text("\"time\":\"+999999999-12-31T23:59:59Z\","),
            text("\"time\":null,"),
            text("\"seq\":-1,"),
            text("\"seq\":1.5,"),
            text("\"values\":[[[[],{}]]],"),
            text("[".repeat(2_000)),
            text("{\"a\":".repeat(1_500)),
            text("\\ud800"),
            text(",,,,"),
            text("\r\n"),
            new byte[] {(byte) 0xC0, (byte) 0x80},
            new byte[] {(byte) 0x9B, 0x7F, -1, -1, -1, -1, -1, -1, -1},
            new byte[] {(byte) 0x5B, 0x00, 0x00, 0x00, 0x00, 0x7F, -1, -1, -1},
            new byte[] {(byte) 0xBF, (byte) 0x9F, (byte) 0x7F},
            new byte[] {(byte) 0xC2, 0x58, 0x20},
            new byte[] {(byte) 0xFF, (byte) 0xC0, 0x00, 0x11, 0x08, -1, -1, -1, -1},
            new byte[] {(byte) 0xFF, (byte) 0xC4, -1, -1},
            new byte[] {'I', 'H', 'D', 'R', 0x7F, -1, -1, -1, 0x7F, -1, -1, -1});

    private final SplittableRandom random;

    public Mutation(SplittableRandom random) {
        this.random = random;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The same bytes, or others; never the array that was given changed. */
    public byte[] of(byte[] payload) {
        if (random.nextInt(UNCHANGED_ONE_IN) == 0) {
            return payload;
        }
        var bytes = payload;
        for (int changes = 1 + random.nextInt(MOST_CHANGES); changes > 0; changes--) {
            bytes = change(bytes);
        }
        return bytes;
    }

    private byte[] change(byte[] bytes) {
        var from = random.nextInt(bytes.length + 1);
        var to = Math.min(bytes.length, from + random.nextInt(1 + Math.min(64, bytes.length)));
        return switch (random.nextInt(8)) {
            case 0 -> flipped(bytes);
            case 1 -> overwritten(bytes);
            case 2 -> joined(bytes, 0, from);
            case 3 -> joined(bytes, 0, from, bytes, to, bytes.length);
            case 4 -> joined(bytes, 0, to, bytes, from, bytes.length);
            case 5 -> inserted(bytes, from, noise());
            case 6 -> inserted(bytes, from, SPITE.get(random.nextInt(SPITE.size())));
            default -> digit(bytes);
        };
    }

    private byte[] flipped(byte[] bytes) {
        var changed = bytes.clone();
        if (changed.length > 0) {
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return changed;
    }

    private byte[] overwritten(byte[] bytes) {
        var changed = bytes.clone();
        if (changed.length > 0) {
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
        }
        return changed;
    }

    /** Another digit for one that is there, so that much of what comes out is well-formed and only strange. */
    private byte[] digit(byte[] bytes) {
        var changed = bytes.clone();
        var start = random.nextInt(changed.length + 1);
        for (int i = start; i < changed.length; i++) {
            if (changed[i] >= '0' && changed[i] <= '9') {
                changed[i] = (byte) ('0' + random.nextInt(10));
                break;
            }
        }
        return changed;
    }

    private byte[] noise() {
        var noise = new byte[1 + random.nextInt(32)];
        random.nextBytes(noise);
        return noise;
    }

    private static byte[] inserted(byte[] bytes, int at, byte[] more) {
        var out = new ByteArrayOutputStream(bytes.length + more.length);
        out.write(bytes, 0, at);
        out.writeBytes(more);
        out.write(bytes, at, bytes.length - at);
        return out.toByteArray();
    }

    private static byte[] joined(byte[] bytes, int from, int to) {
        return joined(bytes, from, to, bytes, 0, 0);
    }

    private static byte[] joined(byte[] first, int from, int to, byte[] second, int after, int end) {
        var out = new ByteArrayOutputStream();
        out.write(first, from, to - from);
        out.write(second, after, end - after);
        return out.toByteArray();
    }
}
