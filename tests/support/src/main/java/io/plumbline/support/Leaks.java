package io.plumbline.support;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Looks for what must stay on a site in everything that leaves it. It knows numbers as decimal text and as binary, sequences of
 * floats as tensors hold them, and pieces of files, in either byte order; images of any kind it knows by how they begin. Eight bytes must
 * be the same, or all digits of a number, so that nothing is found by chance. Thread-safe.
 */
public final class Leaks {

    private static final int WORD = 8;
    private static final int STRIDE = 16;
    private static final int VARIED = 6;
    /* Fewer digits are found by chance. */
    private static final int DIGITS = 10;
    private static final List<byte[]> IMAGES = List.of(
            bytes(0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x10, 'J', 'F', 'I', 'F'),
            bytes(0xFF, 0xD8, 0xFF, 0xDB, 0x00, 0x43),
            bytes(0xFF, 0xD8, 0xFF, 0xE1, 'E', 'x', 'i', 'f'),
            bytes(0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A));
    private static final List<byte[]> MARKS =
            IMAGES.stream().flatMap(Leaks::alsoInText).toList();

    private final Set<Long> words = ConcurrentHashMap.newKeySet();
    private final Set<String> numbers = ConcurrentHashMap.newKeySet();
    private final Queue<String> found = new ConcurrentLinkedQueue<>();
    private final AtomicLong looks = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    private static byte[] bytes(int... values) {
        var bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    /** As it is, and how its whole triples read in base64. */
    private static Stream<byte[]> alsoInText(byte[] mark) {
        var whole = new String(mark, 0, mark.length - mark.length % 3, StandardCharsets.ISO_8859_1);
        return Stream.of(mark, Base64.getEncoder().encode(whole.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** A number with at least ten digits, as a device says it and as a program may hold it. */
    public void keep(double value) {
        number(Double.toString(value));
        number(Double.toString((float) value));
        word(Double.doubleToLongBits(value));
        word(Double.doubleToLongBits((float) value));
    }

    private void number(String text) {
        if (text.chars().filter(Character::isDigit).count() >= DIGITS) {
            numbers.add(text);
        }
    }

    private void word(long word) {
        words.add(word);
        words.add(Long.reverseBytes(word));
    }

    /** Floats that lie side by side in a tensor: any two neighbours that differ. */
    public void keep(float... neighbours) {
        for (int i = 1; i < neighbours.length; i++) {
            if (neighbours[i - 1] != neighbours[i]) {
                var one = Integer.toUnsignedLong(Float.floatToIntBits(neighbours[i - 1]));
                var other = Integer.toUnsignedLong(Float.floatToIntBits(neighbours[i]));
                words.add((one << Integer.SIZE) | other);
                words.add(Long.reverseBytes((other << Integer.SIZE) | one));
            }
        }
    }

    /** A file, known by pieces all over it. */
    public void keep(byte[] file) {
        for (int at = 0; at + WORD <= file.length; at += STRIDE) {
            long word = 0;
            var seen = new HashSet<Byte>();
            for (int i = at; i < at + WORD; i++) {
                word = (word << Byte.SIZE) | (file[i] & 0xFF);
                seen.add(file[i]);
            }
            if (seen.size() >= VARIED) {
                words.add(word);
            }
        }
    }

    /** Looks at something that left. */
    public void look(String where, byte[] left) {
        look(where, left, Set.of());
    }

    /** @param known numbers that are meant to be told here, as they are written */
    public void look(String where, byte[] left, Set<String> known) {
        looks.incrementAndGet();
        bytes.addAndGet(left.length);
        find(left, known).ifPresent(what -> found.add(where + ": " + what));
    }

    /** What of all that must stay is in here. */
    public Optional<String> find(byte[] left, Set<String> known) {
        return word(left).or(() -> number(left, known)).or(() -> mark(left));
    }

    private Optional<String> word(byte[] left) {
        long word = 0;
        for (int i = 0; i < left.length; i++) {
            word = (word << Byte.SIZE) | (left[i] & 0xFF);
            if (i >= WORD - 1 && words.contains(word)) {
                return Optional.of("bytes of a reading or an image at " + (i - WORD + 1));
            }
        }
        return Optional.empty();
    }

    private Optional<String> number(byte[] left, Set<String> known) {
        int from = 0;
        for (int i = 0; i <= left.length; i++) {
            if (i == left.length || !isOfNumber(left[i])) {
                if (i - from >= DIGITS) {
                    var text = new String(left, from, i - from, StandardCharsets.ISO_8859_1);
                    if (numbers.contains(text) && !known.contains(text)) {
                        return Optional.of("the reading " + text + " at " + from);
                    }
                }
                from = i + 1;
            }
        }
        return Optional.empty();
    }

    private static boolean isOfNumber(byte one) {
        return (one >= '0' && one <= '9') || one == '.' || one == '-' || one == 'E';
    }

    private static Optional<String> mark(byte[] left) {
        var text = new String(left, StandardCharsets.ISO_8859_1);
        return MARKS.stream()
                .map(mark -> new String(mark, StandardCharsets.ISO_8859_1))
                .filter(text::contains)
                .findFirst()
                .map(mark -> "the beginning of an image at " + text.indexOf(mark));
    }

    /** Everything that should not have left, and where it was seen. */
    public List<String> found() {
        return List.copyOf(found);
    }

    /** How often something that left was looked at. */
    public long looks() {
        return looks.get();
    }

    /** How much of it there was. */
    public long bytes() {
        return bytes.get();
    }
}
