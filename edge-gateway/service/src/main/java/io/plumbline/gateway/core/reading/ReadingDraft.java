package io.plumbline.gateway.core.reading;

import static io.plumbline.gateway.core.reading.ReadingDecoder.refuse;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.plumbline.contract.message.DeadLetterReason;
import io.plumbline.inference.card.ModelCard;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What was found in a payload so far, right or wrong. Used for one payload. */
final class ReadingDraft {

    private final List<ModelCard.Feature> fields;
    private final double[] values;
    private final boolean[] present;
    private int listed = -1;
    private OptionalLong sequence = OptionalLong.empty();
    private Optional<Instant> time = Optional.empty();
    private Optional<Decoded.Refused> firstFault = Optional.empty();

    ReadingDraft(List<ModelCard.Feature> fields) {
        this.fields = fields;
        this.values = new double[fields.size()];
        this.present = new boolean[fields.size()];
    }

    void read(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            fault(DeadLetterReason.MALFORMED, "not a JSON object");
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = parser.currentName();
            parser.nextToken();
            property(name, parser);
        }
        if (parser.nextToken() != null) {
            fault(DeadLetterReason.MALFORMED, "something follows the JSON object");
        }
    }

    private void property(String name, JsonParser parser) throws IOException {
        switch (name) {
            case "seq" -> readSequence(parser);
            case "time" -> readTime(parser);
            case "values" -> readList(parser);
            default -> readNamed(name, parser);
        }
    }

    private void readSequence(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
                || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                || parser.getLongValue() < 0) {
            fault(DeadLetterReason.MALFORMED, "seq is not a whole number of at least 0");
            parser.skipChildren();
            return;
        }
        sequence = OptionalLong.of(parser.getLongValue());
    }

    private void readTime(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            fault(DeadLetterReason.MALFORMED, "time is not a text");
            parser.skipChildren();
            return;
        }
        try {
            var parsed = DeviceTime.parse(parser.getText());
            if (parsed.toEpochMilli() < 0) {
                fault(DeadLetterReason.MALFORMED, "time '" + parsed + "' lies before 1970");
            }
            time = Optional.of(parsed);
        } catch (DateTimeException | ArithmeticException e) {
            fault(DeadLetterReason.MALFORMED, "time '" + parser.getText() + "' is not an ISO-8601 instant");
        }
    }

    private void readList(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            fault(DeadLetterReason.MALFORMED, "values is not a list");
            parser.skipChildren();
            return;
        }
        listed = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (listed < fields.size()) {
                readValue(listed, parser);
            } else {
                parser.skipChildren();
            }
            listed++;
        }
    }

    private void readNamed(String name, JsonParser parser) throws IOException {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equals(name)) {
                readValue(i, parser);
                return;
            }
        }
        parser.skipChildren();
    }

    private void readValue(int index, JsonParser parser) throws IOException {
        var token = parser.currentToken();
        if (token == JsonToken.VALUE_NUMBER_FLOAT || token == JsonToken.VALUE_NUMBER_INT) {
            if (present[index]) {
                fault(DeadLetterReason.MALFORMED, fields.get(index).name() + " is given twice");
            }
            values[index] = parser.getDoubleValue();
            present[index] = true;
        } else {
            fault(DeadLetterReason.MALFORMED, fields.get(index).name() + " is not a number");
            parser.skipChildren();
        }
    }

    private void fault(DeadLetterReason reason, String detail) {
        if (firstFault.isEmpty()) {
            firstFault = Optional.of(refuse(reason, detail));
        }
    }

    /** Why this is no reading; empty if it is one. */
    Optional<Decoded.Refused> check() {
        if (firstFault.isEmpty()) {
            checkPresence();
        }
        for (int i = 0; i < values.length && firstFault.isEmpty(); i++) {
            checkValue(fields.get(i), values[i]);
        }
        return firstFault;
    }

    private void checkPresence() {
        if (listed >= 0 && listed != fields.size()) {
            fault(
                    DeadLetterReason.WRONG_SHAPE,
                    "values has " + listed + " entries, expected " + fields.size() + ": "
                            + String.join(
                                    ", ",
                                    fields.stream().map(ModelCard.Feature::name).toList()));
        }
        if (time.isEmpty()) {
            fault(DeadLetterReason.MALFORMED, "time is missing");
        }
        for (int i = 0; i < present.length; i++) {
            if (!present[i]) {
                fault(DeadLetterReason.MALFORMED, fields.get(i).name() + " is missing");
            }
        }
    }

    private void checkValue(ModelCard.Feature field, double value) {
        if (!Double.isFinite(value)) {
            fault(DeadLetterReason.NOT_FINITE, field.name() + " is " + value);
        } else if (value < field.min() || value > field.max()) {
            fault(
                    DeadLetterReason.OUT_OF_RANGE,
                    field.name() + " " + value + " is outside " + field.min() + " to " + field.max());
        }
    }

    OptionalLong sequence() {
        return sequence;
    }

    /** @throws IllegalStateException before {@link #check} found nothing wrong */
    Instant time() {
        return time.orElseThrow(() -> new IllegalStateException("a reading without time was accepted; that is a bug"));
    }

    float[] values() {
        var copy = new float[values.length];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = (float) values[i];
        }
        return copy;
    }
}
