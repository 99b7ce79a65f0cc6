package io.plumbline.gateway.core.stream;

import io.plumbline.contract.id.EventId;
import io.plumbline.contract.wire.MalformedMessageException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;

/**
 * Names of one device's readings, in a few bytes each. Saved as: -1 - number of names (i32; a number that is not negative begins the
 * form from before, whole names), then for each either 0 and the name, or 1 and by how much its device time in milliseconds and its
 * sequence are above those of the last such name before it, which had the same beginning (each as a variable-length integer,
 * seven bits to the byte, lowest first, the sign in the lowest bit).
 */
final class Identities {

    private static final int WHOLE = 0;
    private static final int STEP = 1;

    private Identities() {}

    /** A name in its parts; {@link EventId} has its form. */
    private record Numbered(String beginning, long millis, long sequence) {

        /** Empty where it has another form, or these parts do not make it again. */
        private static Optional<Numbered> of(EventId event) {
            var name = event.value();
            var at = name.lastIndexOf('/') + 1;
            var dash = name.indexOf('-', at + 1);
            if (dash < 0) {
                return Optional.empty();
            }
            try {
                var parts = new Numbered(
                        name.substring(0, at),
                        Long.parseLong(name.substring(at, dash)),
                        Long.parseLong(name.substring(dash + 1)));
                return Optional.of(parts).filter(made -> made.event().equals(event));
            } catch (NumberFormatException unnumbered) {
                return Optional.empty();
            }
        }

        private EventId event() {
            return new EventId(beginning + millis + "-" + sequence);
        }
    }

    static void write(Collection<EventId> events, DataOutputStream out) throws IOException {
        out.writeInt(-1 - events.size());
        var last = Optional.<Numbered>empty();
        for (var event : events) {
            var parts = Numbered.of(event);
            if (parts.isPresent() && last.isPresent() && last.get().beginning.equals(parts.get().beginning)) {
                out.writeByte(STEP);
                writeNumber(parts.get().millis - last.get().millis, out);
                writeNumber(parts.get().sequence - last.get().sequence, out);
            } else {
                out.writeByte(WHOLE);
                out.writeUTF(event.value());
            }
            last = parts.isPresent() ? parts : last;
        }
    }

    static void read(DataInputStream in, Collection<EventId> events) throws IOException {
        var count = in.readInt();
        if (count >= 0) {
            for (int i = 0; i < count; i++) {
                events.add(new EventId(in.readUTF()));
            }
            return;
        }
        var last = Optional.<Numbered>empty();
        for (int i = 0; i < -1 - count; i++) {
            var event = in.readByte() == WHOLE ? new EventId(in.readUTF()) : next(last, in);
            events.add(event);
            var parts = Numbered.of(event);
            last = parts.isPresent() ? parts : last;
        }
    }

    private static EventId next(Optional<Numbered> last, DataInputStream in) throws IOException {
        var before = last.orElseThrow(() -> new MalformedMessageException("memory has a step from no name"));
        return new Numbered(before.beginning, before.millis + readNumber(in), before.sequence + readNumber(in)).event();
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
