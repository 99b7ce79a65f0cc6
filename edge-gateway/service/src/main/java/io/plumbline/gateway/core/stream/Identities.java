package io.plumbline.gateway.core.stream;

import io.plumbline.contract.id.EventId;
import io.plumbline.contract.wire.MalformedMessageException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Optional;

/**
 * Names of the last readings of one device on one stream: at most {@value #MOST} with a time and a sequence, which are kept as
 * numbers because there may be many devices, and as many others. Not thread-safe.
 *
 * <p>Saved as: -1 - number of names (i32; a number that is not negative begins the form from before, whole names), then for each
 * either 0 and the name, or 1 and by how much its device time in milliseconds and its sequence are above those of the last such
 * name before it, which had the same beginning (each as a variable-length integer, seven bits to the byte, lowest first, the
 * sign in the lowest bit).
 */
final class Identities {

    /**
     * The Receive Maximum of the connection, because a broker sends again only what it has no acknowledgement for. In the
     * snapshot, which may have 64 MiB in all, a name with a sequence takes a few bytes, another about 50.
     */
    static final int MOST = 512;

    private static final int WHOLE = 0;
    private static final int STEP = 1;

    private final NumberRing numbered = new NumberRing(MOST);
    private final LinkedHashSet<EventId> others = new LinkedHashSet<>();
    /** Of the numbered ones; the device and the stream, so it is one for all but what is made up. */
    private String beginning = "";

    /** A name in its parts; {@link EventId} has its form. */
    private record Numbered(String name, int at, long millis, long sequence) {

        /** Empty where it has another form, or these parts do not make it again. */
        private static Optional<Numbered> of(EventId event) {
            var name = event.value();
            var at = name.lastIndexOf('/') + 1;
            var dash = name.indexOf('-', at + 1);
            if (dash < 0 || !isCanonical(name, at, dash) || !isCanonical(name, dash + 1, name.length())) {
                return Optional.empty();
            }
            try {
                return Optional.of(new Numbered(
                        name,
                        at,
                        Long.parseLong(name, at, dash, 10),
                        Long.parseLong(name, dash + 1, name.length(), 10)));
            } catch (NumberFormatException tooLarge) {
                return Optional.empty();
            }
        }

        /** Digits that come back the same from a number. */
        private static boolean isCanonical(String name, int from, int to) {
            var start = from < to && name.charAt(from) == '-' ? from + 1 : from;
            if (start == to || (name.charAt(start) == '0' && (start > from || start + 1 < to))) {
                return false;
            }
            for (int i = start; i < to; i++) {
                if (name.charAt(i) < '0' || name.charAt(i) > '9') {
                    return false;
                }
            }
            return true;
        }

        private boolean begins(String beginning) {
            return at == beginning.length() && name.startsWith(beginning);
        }
    }

    boolean contains(EventId event) {
        return Numbered.of(event)
                .filter(parts -> parts.begins(beginning))
                .map(parts -> numbered.contains(parts.millis, parts.sequence))
                .orElseGet(() -> others.contains(event));
    }

    /** If it is not there yet, the oldest one of its form leaves when there are too many. */
    void add(EventId event) {
        var parts = Numbered.of(event);
        if (parts.isPresent() && numbered.isEmpty()) {
            beginning = event.value().substring(0, parts.get().at);
        }
        if (parts.isPresent() && parts.get().begins(beginning)) {
            numbered.add(parts.get().millis, parts.get().sequence);
            return;
        }
        others.add(event);
        if (others.size() > MOST) {
            var oldest = others.iterator();
            oldest.next();
            oldest.remove();
        }
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(-1 - numbered.size() - others.size());
        for (int i = 0; i < numbered.size(); i++) {
            if (i == 0) {
                out.writeByte(WHOLE);
                out.writeUTF(name(numbered.millis(0), numbered.sequence(0)).value());
            } else {
                out.writeByte(STEP);
                writeNumber(numbered.millis(i) - numbered.millis(i - 1), out);
                writeNumber(numbered.sequence(i) - numbered.sequence(i - 1), out);
            }
        }
        for (var other : others) {
            out.writeByte(WHOLE);
            out.writeUTF(other.value());
        }
    }

    private EventId name(long millis, long sequence) {
        return new EventId(beginning + millis + "-" + sequence);
    }

    static Identities read(DataInputStream in) throws IOException {
        var identities = new Identities();
        var count = in.readInt();
        var whole = count >= 0;
        var last = Optional.<Numbered>empty();
        for (int i = 0; i < (whole ? count : -1 - count); i++) {
            var event = whole || in.readByte() == WHOLE ? new EventId(in.readUTF()) : next(last, in);
            identities.add(event);
            var parts = Numbered.of(event);
            last = parts.isPresent() ? parts : last;
        }
        return identities;
    }

    private static EventId next(Optional<Numbered> last, DataInputStream in) throws IOException {
        var before = last.orElseThrow(() -> new MalformedMessageException("memory has a step from no name"));
        var beginning = before.name.substring(0, before.at);
        return new EventId(beginning + (before.millis + readNumber(in)) + "-" + (before.sequence + readNumber(in)));
    }

    private static void writeNumber(long number, DataOutputStream out) throws IOException {
        var rest = (number << 1) ^ (number >> 63);
        while ((rest & ~0x7FL) != 0) {
            out.writeByte((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }

    private static long readNumber(DataInputStream in) throws IOException {
        var number = 0L;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            var part = in.readByte();
            number |= (part & 0x7FL) << shift;
            if (part >= 0) {
                return (number >>> 1) ^ -(number & 1);
            }
        }
        throw new MalformedMessageException("memory has a number without an end");
    }
}
