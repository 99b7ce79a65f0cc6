package io.plumbline.gateway.core.reading;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import io.plumbline.contract.fleet.PayloadLayout;
import io.plumbline.contract.fleet.PayloadLayout.Field;
import io.plumbline.contract.id.EventId;
import io.plumbline.contract.message.DeadLetterReason;
import io.plumbline.inference.card.ModelCard;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Decodes the payload of a sensor reading as its stream's layout says. In the usual form it is JSON:
 *
 * <pre>{@code
 * {"seq": 123, "time": "2026-01-01T00:00:00Z", "humidity": 45.9, "temperature": 27.9}
 * {"seq": 123, "time": "2026-01-01T00:00:00Z", "values": [45.9, 27.9]}
 * }</pre>
 *
 * A time is required; a sequence is not: without it, a reading is known by its time and content. Both may come as MQTT user
 * properties instead. Whatever else is in the payload is ignored. Thread-safe.
 */
public final class ReadingDecoder {

    /** No reading of numbers is longer, in bytes. */
    static final int MAX_BYTES = 16 << 10;

    /** No Sparkplug payload is longer, in bytes: a birth certificate has every metric of a device. */
    static final int MAX_BIRTH_BYTES = 1 << 20;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();
    private static final JsonFactory CBOR = new CBORFactory();
    private static final JsonFactory CSV = new CsvFactory();

    /** What is known of a device from what it sent before. For the codecs whose payloads do not say everything again. */
    public interface Past {

        /** Of its last birth; is written to. */
        BirthCertificate certificate();

        /** Of its last reading, in the order of the model card's features; empty if there is none. */
        float[] values();
    }

    private final PayloadLayout.Codec codec;
    private final List<ReadingDraft.Slot> slots;
    private final ReadingDraft.Parser parser;

    /**
     * @param features of the model's input, in its order
     * @throws IllegalArgumentException if the layout does not fit them, with the reason in one line
     */
    public ReadingDecoder(PayloadLayout layout, List<ModelCard.Feature> features) {
        this.codec = layout.codec();
        requireFeatures(layout, features);
        this.slots = IntStream.range(0, features.size())
                .mapToObj(i -> new ReadingDraft.Slot(features.get(i), field(layout, features.get(i), i)))
                .toList();
        this.parser = switch (codec) {
            case JSON -> new TreePayload(JSON, places(layout), layout);
            case CBOR -> new TreePayload(CBOR, places(layout), layout);
            case CSV -> new TreePayload(CSV, places(layout), layout);
            case FLOAT32, INT16 -> new RawPayload(layout, positions());
            case SPARKPLUG ->
                new SparkplugPayload(
                        slots.stream().map(slot -> slot.field().at()).toList());
        };
    }

    private static void requireFeatures(PayloadLayout layout, List<ModelCard.Feature> features) {
        var names = features.stream().map(ModelCard.Feature::name).toList();
        for (var field : layout.fields()) {
            if (!names.contains(field.feature())) {
                throw new IllegalArgumentException("payload field '" + field.feature()
                        + "' is no feature of the model; there are: " + String.join(", ", names));
            }
        }
        if (layout.codec().isPositional()
                && !layout.fields().isEmpty()
                && layout.fields().size() < names.size()) {
            throw new IllegalArgumentException("payload fields must name all features of the model, because a "
                    + layout.codec() + " payload has no names: " + String.join(", ", names));
        }
    }

    private static Field field(PayloadLayout layout, ModelCard.Feature feature, int index) {
        var usual = usual(layout.codec(), feature, index);
        return layout.fields().stream()
                .filter(field -> field.feature().equals(feature.name()))
                .findFirst()
                .orElseGet(() -> Field.of(feature.name(), usual));
    }

    private static String usual(PayloadLayout.Codec codec, ModelCard.Feature feature, int index) {
        if (codec.isPositional()) {
            return Integer.toString(index);
        }
        return codec == PayloadLayout.Codec.SPARKPLUG ? feature.name() : "/" + escaped(feature.name());
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private int[] positions() {
        return slots.stream()
                .mapToInt(slot -> Integer.parseInt(slot.field().at()))
                .toArray();
    }

    private PlaceTree places(PayloadLayout layout) {
        var places = new PlaceTree();
        for (int i = 0; i < slots.size(); i++) {
            places.add(pointer(slots.get(i).field().at()), PlaceTree.Part.VALUE, i);
        }
        var time = layout.time().map(PayloadLayout.Time::at);
        if (codec.isPositional()) {
            time.ifPresent(at -> places.add(pointer(at), PlaceTree.Part.TIME, 0));
            layout.sequence().ifPresent(at -> places.add(pointer(at), PlaceTree.Part.SEQUENCE, 0));
            return places;
        }
        places.add(time.orElse("/time"), PlaceTree.Part.TIME, 0);
        places.add(layout.sequence().orElse("/seq"), PlaceTree.Part.SEQUENCE, 0);
        if (layout.fields().isEmpty()) {
            places.add("/values", PlaceTree.Part.LIST, 0);
        }
        return places;
    }

    private String pointer(String place) {
        return codec.isPositional() ? "/" + place : place;
    }

    /**
     * Never throws: what is not a reading is refused with a reason.
     *
     * @param past what is known of the device
     */
    public Decoded decode(Source source, byte[] payload, Stamp stamp, Supplier<? extends Past> past) {
        var most = codec == PayloadLayout.Codec.SPARKPLUG ? MAX_BIRTH_BYTES : MAX_BYTES;
        if (payload.length > most) {
            return Decoded.Refused.of(
                    DeadLetterReason.TOO_LARGE, payload.length + " bytes, more than the " + most + " of any reading");
        }
        try {
            var draft = new ReadingDraft(slots, past);
            parser.read(payload, draft);
            draft.complete(stamp);
            return draft.check().<Decoded>map(refused -> refused).orElseGet(() -> accept(source, draft, payload));
        } catch (JsonProcessingException e) {
            return Decoded.Refused.of(DeadLetterReason.MALFORMED, "not " + codec + ": " + e.getOriginalMessage());
        } catch (IOException e) {
            return Decoded.Refused.of(DeadLetterReason.MALFORMED, "not " + codec + ": " + e.getMessage());
        }
    }

    private static Decoded accept(Source source, ReadingDraft draft, byte[] payload) {
        var event = draft.sequence().isPresent()
                ? EventId.ofSequence(
                        source.device(),
                        source.stream(),
                        draft.time(),
                        draft.sequence().getAsLong())
                : EventId.ofContent(source.device(), source.stream(), content(draft, payload));
        return new Decoded.Accepted(new Reading(event, source.device(), draft.time(), draft.values()));
    }

    /** With the time, wherever it was said: a value that does not change is a new reading all the same. */
    private static byte[] content(ReadingDraft draft, byte[] payload) {
        var said = draft.stamped().getBytes(StandardCharsets.UTF_8);
        var content = Arrays.copyOf(payload, payload.length + said.length);
        System.arraycopy(said, 0, content, payload.length, said.length);
        return content;
    }
}
