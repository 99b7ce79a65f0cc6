package io.plumbline.gateway.core.reading;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.plumbline.contract.fleet.PayloadLayout;
import io.plumbline.contract.message.DeadLetterReason;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;

/** Nested values, read in one pass: JSON, CBOR, and a line of CSV as a list of texts. */
final class TreePayload implements ReadingDraft.Parser {

    /** The last millisecond of the year 9999. */
    private static final double LATEST_MILLIS = 253_402_300_799_999.0;

    private final JsonFactory format;
    private final PlaceTree places;
    private final PayloadLayout.Unit unit;
    private final PayloadLayout.Codec codec;
    private final boolean texts;
    private final boolean list;

    TreePayload(JsonFactory format, PlaceTree places, PayloadLayout layout) {
        this.format = format;
        this.places = places;
        this.unit = layout.time().map(PayloadLayout.Time::unit).orElse(PayloadLayout.Unit.ISO);
        this.list = places.isList();
        this.codec = layout.codec();
        this.texts = codec == PayloadLayout.Codec.CSV;
    }

    @Override
    public void read(byte[] payload, ReadingDraft draft) throws IOException {
        try (var parser = format.createParser(payload)) {
            var first = parser.nextToken();
            if (first != (list ? JsonToken.START_ARRAY : JsonToken.START_OBJECT)) {
                draft.fault(DeadLetterReason.MALFORMED, "not a " + codec + (list ? " list" : " object"));
                return;
            }
            visit(places, parser, draft);
            if (parser.nextToken() != null) {
                draft.fault(DeadLetterReason.MALFORMED, "something follows the reading");
            }
        }
    }

    private void visit(PlaceTree place, JsonParser parser, ReadingDraft draft) throws IOException {
        switch (place.part()) {
            case VALUE -> readValue(place.index(), parser, draft);
            case TIME -> readTime(parser, draft);
            case SEQUENCE -> readSequence(parser, draft);
            case LIST -> readList(parser, draft);
            case NONE -> descend(place, parser, draft);
        }
    }

    private void descend(PlaceTree place, JsonParser parser, ReadingDraft draft) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var name = parser.currentName();
                parser.nextToken();
                enter(place, name, parser, draft);
            }
        } else if (parser.currentToken() == JsonToken.START_ARRAY) {
            for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                enter(place, Integer.toString(i), parser, draft);
            }
        }
    }

    private void enter(PlaceTree place, String name, JsonParser parser, ReadingDraft draft) throws IOException {
        var member = place.member(name);
        if (member.isPresent()) {
            visit(member.get(), parser, draft);
        } else {
            parser.skipChildren();
        }
    }

    private void readList(JsonParser parser, ReadingDraft draft) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            draft.fault(DeadLetterReason.MALFORMED, "values is not a list");
            parser.skipChildren();
            return;
        }
        int count = 0;
        for (; parser.nextToken() != JsonToken.END_ARRAY; count++) {
            if (count < draft.size()) {
                readValue(count, parser, draft);
            } else {
                parser.skipChildren();
            }
        }
        draft.listed(count);
    }

    private void readValue(int index, JsonParser parser, ReadingDraft draft) throws IOException {
        var token = parser.currentToken();
        if (token.isNumeric()) {
            draft.value(index, parser.getDoubleValue());
        } else if (texts) {
            draft.value(index, parser.getText());
        } else {
            draft.notANumber(index);
            parser.skipChildren();
        }
    }

    private void readSequence(JsonParser parser, ReadingDraft draft) throws IOException {
        var token = parser.currentToken();
        if (texts) {
            draft.sequence(parser.getText().strip());
        } else if (token == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            draft.sequence(parser.getLongValue());
        } else {
            draft.sequence(-1);
            parser.skipChildren();
        }
    }

    private void readTime(JsonParser parser, ReadingDraft draft) throws IOException {
        var token = parser.currentToken();
        if (unit == PayloadLayout.Unit.ISO && token == JsonToken.VALUE_STRING) {
            draft.time(parser.getText());
        } else if (unit != PayloadLayout.Unit.ISO && (token.isNumeric() || texts)) {
            readEpoch(parser, draft);
        } else {
            draft.fault(
                    DeadLetterReason.MALFORMED,
                    unit == PayloadLayout.Unit.ISO ? "time is not a text" : "time is not a number");
            parser.skipChildren();
        }
    }

    private void readEpoch(JsonParser parser, ReadingDraft draft) throws IOException {
        try {
            var number = texts ? Double.parseDouble(parser.getText()) : parser.getDoubleValue();
            var millis = unit == PayloadLayout.Unit.SECONDS ? number * 1000 : number;
            if (!(Math.abs(millis) <= LATEST_MILLIS)) {
                throw new DateTimeException("beyond the year 9999");
            }
            draft.time(Instant.ofEpochMilli(Math.round(millis)));
        } catch (NumberFormatException | DateTimeException e) {
            draft.fault(DeadLetterReason.MALFORMED, "time '" + parser.getText() + "' is not a number of " + unit);
        }
    }
}
