package io.plumbline.gateway.core.reading;

import io.plumbline.contract.fleet.PayloadLayout;
import io.plumbline.contract.message.DeadLetterReason;
import io.plumbline.gateway.core.reading.ReadingDecoder.Past;
import io.plumbline.inference.card.ModelCard;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** What was found in a payload so far, right or wrong. Used for one payload. */
final class ReadingDraft {

    private final List<Slot> slots;
    private final Supplier<? extends Past> past;
    private final double[] values;
    private final boolean[] present;
    private int listed = -1;
    private OptionalLong sequence = OptionalLong.empty();
    private Optional<Instant> time = Optional.empty();
    private String stamped = "";
    private Optional<Decoded.Refused> firstFault = Optional.empty();

    /** One value of a reading, and how it becomes a feature of the model. */
    record Slot(ModelCard.Feature feature, PayloadLayout.Field field) {

        private String name() {
            return feature.name();
        }
    }

    /** Finds the parts of a reading in the bytes of a payload. Thread-safe. */
    interface Parser {

        /**
         * Hands what it finds to the draft, faults too.
         *
         * @throws IOException with one line, if the bytes are not of the codec
         */
        void read(byte[] payload, ReadingDraft draft) throws IOException;
    }

    /** @param slots in the order of the model card */
    ReadingDraft(List<Slot> slots, Supplier<? extends Past> past) {
        this.slots = slots;
        this.past = past;
        this.values = new double[slots.size()];
        this.present = new boolean[slots.size()];
    }

    Past past() {
        return past.get();
    }

    /** Takes the values that were not found from the last reading, if there was one. */
    void fill() {
        var last = past().values();
        for (int i = 0; i < present.length && last.length == present.length; i++) {
            if (!present[i]) {
                values[i] = last[i];
                present[i] = true;
            }
        }
    }

    /** Values of a reading. */
    int size() {
        return values.length;
    }

    void value(int index, double found) {
        if (present[index]) {
            fault(DeadLetterReason.MALFORMED, slots.get(index).name() + " is given twice");
        }
        var field = slots.get(index).field();
        values[index] = field.scale() * found + field.offset();
        present[index] = true;
    }

    void value(int index, String text) {
        var number = text.strip();
        try {
            // Java takes a type letter after a number, devices do not send one.
            if (number.endsWith("d") || number.endsWith("f") || number.endsWith("D") || number.endsWith("F")) {
                throw new NumberFormatException(number);
            }
            value(index, Double.parseDouble(number));
        } catch (NumberFormatException e) {
            notANumber(index);
        }
    }

    void notANumber(int index) {
        fault(DeadLetterReason.MALFORMED, slots.get(index).name() + " is not a number");
    }

    /** All values came as a list of this length. */
    void listed(int count) {
        listed = count;
    }

    void sequence(long number) {
        if (number < 0) {
            fault(DeadLetterReason.MALFORMED, "seq is not a whole number of at least 0");
        } else {
            sequence = OptionalLong.of(number);
        }
    }

    void sequence(String text) {
        try {
            sequence(Long.parseLong(text));
        } catch (NumberFormatException e) {
            sequence(-1);
        }
    }

    void time(Instant found) {
        if (found.toEpochMilli() < 0) {
            fault(DeadLetterReason.MALFORMED, "time '" + found + "' lies before 1970");
        }
        time = Optional.of(found);
    }

    void time(String text) {
        try {
            time(DeviceTime.parse(text));
        } catch (DateTimeException | ArithmeticException e) {
            fault(DeadLetterReason.MALFORMED, "time '" + text + "' is not an ISO-8601 instant");
        }
    }

    /** What the payload did not say. */
    void complete(Stamp stamp) {
        var properties = stamp.properties();
        if (time.isEmpty() && properties.containsKey(Stamp.TIME)) {
            stamped = properties.get(Stamp.TIME);
            time(stamped);
        }
        if (sequence.isEmpty() && properties.containsKey(Stamp.SEQUENCE)) {
            sequence(properties.get(Stamp.SEQUENCE));
        }
    }

    void fault(DeadLetterReason reason, String detail) {
        if (firstFault.isEmpty()) {
            firstFault = Optional.of(Decoded.Refused.of(reason, detail));
        }
    }

    /** Why this is no reading; empty if it is one. */
    Optional<Decoded.Refused> check() {
        if (firstFault.isEmpty()) {
            checkPresence();
        }
        for (int i = 0; i < values.length && firstFault.isEmpty(); i++) {
            checkValue(slots.get(i).feature(), values[i]);
        }
        return firstFault;
    }

    private void checkPresence() {
        if (listed >= 0 && listed != slots.size()) {
            fault(
                    DeadLetterReason.WRONG_SHAPE,
                    "values has " + listed + " entries, expected " + slots.size() + ": "
                            + String.join(", ", slots.stream().map(Slot::name).toList()));
        }
        if (time.isEmpty()) {
            fault(DeadLetterReason.MALFORMED, "time is missing");
        }
        for (int i = 0; i < present.length; i++) {
            if (!present[i]) {
                fault(DeadLetterReason.MALFORMED, slots.get(i).name() + " is missing");
            }
        }
    }

    private void checkValue(ModelCard.Feature field, double value) {
        if (!Double.isFinite(value)) {
            impossible(field, DeadLetterReason.NOT_FINITE, field.name() + " is " + value);
        } else if (value < field.min() || value > field.max()) {
            impossible(
                    field,
                    DeadLetterReason.OUT_OF_RANGE,
                    field.name() + " " + value + " is outside " + field.min() + " to " + field.max());
        }
    }

    private void impossible(ModelCard.Feature feature, DeadLetterReason reason, String detail) {
        firstFault = Optional.of(
                Decoded.Refused.of(reason, detail).because(new Decoded.Refused.Culprit(feature.name(), time())));
    }

    OptionalLong sequence() {
        return sequence;
    }

    /** @throws IllegalStateException before {@link #check} found nothing wrong */
    Instant time() {
        return time.orElseThrow(() -> new IllegalStateException("a reading without time was accepted; that is a bug"));
    }

    /** The device time as a property says it; empty where the payload does. */
    String stamped() {
        return stamped;
    }

    float[] values() {
        var copy = new float[values.length];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = (float) values[i];
        }
        return copy;
    }
}
