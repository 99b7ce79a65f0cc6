package io.plumbline.gateway.core.reading;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.plumbline.contract.id.EventId;
import io.plumbline.contract.message.DeadLetterReason;
import io.plumbline.inference.card.ModelCard;
import java.io.IOException;
import java.util.List;

/**
 * Decodes the JSON payload of a sensor reading:
 *
 * <pre>{@code
 * {"seq": 123, "time": "2026-01-01T00:00:00Z", "humidity": 45.9, "temperature": 27.9}
 * {"seq": 123, "time": "2026-01-01T00:00:00Z", "values": [45.9, 27.9]}
 * }</pre>
 *
 * {@code time} is required; {@code seq} is not: without it, a reading is known by its content. Other properties are
 * ignored. Thread-safe.
 */
public final class ReadingDecoder {

    /** No reading of numbers is longer, in bytes. */
    static final int MAX_BYTES = 16 << 10;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private final List<ModelCard.Feature> fields;

    /** @param fields in the order of the model's input features */
    public ReadingDecoder(List<ModelCard.Feature> fields) {
        this.fields = List.copyOf(fields);
    }

    /** Never throws: what is not a reading is refused with a reason. */
    public Decoded decode(Source source, byte[] payload) {
        if (payload.length > MAX_BYTES) {
            return refuse(
                    DeadLetterReason.TOO_LARGE,
                    payload.length + " bytes, more than the " + MAX_BYTES + " of any reading");
        }
        try (var parser = JSON.createParser(payload)) {
            var draft = new ReadingDraft(fields);
            draft.read(parser);
            return draft.check().<Decoded>map(refused -> refused).orElseGet(() -> accept(source, draft, payload));
        } catch (JsonProcessingException e) {
            return refuse(DeadLetterReason.MALFORMED, "not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            return refuse(DeadLetterReason.MALFORMED, "not JSON: " + e.getMessage());
        }
    }

    private static Decoded accept(Source source, ReadingDraft draft, byte[] payload) {
        var time = draft.time();
        var event = draft.sequence().isPresent()
                ? EventId.ofSequence(
                        source.device(), source.stream(), time, draft.sequence().getAsLong())
                : EventId.ofContent(source.device(), source.stream(), payload);
        return new Decoded.Accepted(new Reading(event, source.device(), time, draft.values()));
    }

    static Decoded.Refused refuse(DeadLetterReason reason, String detail) {
        return Decoded.Refused.of(reason, detail);
    }
}
