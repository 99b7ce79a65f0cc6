package io.plumbline.gateway.core.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import io.plumbline.contract.fleet.PayloadLayout;
import io.plumbline.contract.fleet.PayloadLayout.Codec;
import io.plumbline.contract.fleet.PayloadLayout.Field;
import io.plumbline.contract.fleet.PayloadLayout.Time;
import io.plumbline.contract.fleet.PayloadLayout.Unit;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.EventId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.DeadLetterReason;
import io.plumbline.gateway.testing.Motes;
import io.plumbline.inference.card.ModelCard;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadLayoutTest {

    private static final Source SOURCE = new Source(new DeviceId("north-1"), new StreamId("climate"));
    private static final Instant TIME = Instant.parse("2026-01-01T00:00:05Z");
    private static final Stamp BARE = new Stamp(Map.of(), Instant.EPOCH);
    private static final Stamp STAMPED = new Stamp(Map.of("time", TIME.toString(), "seq", "7"), Instant.EPOCH);
    private static final EventId EVENT = EventId.ofSequence(SOURCE.device(), SOURCE.stream(), TIME, 7);
    private static final List<ModelCard.Feature> FEATURES = List.of(
            new ModelCard.Feature("humidity", "%RH", 0, 100), new ModelCard.Feature("temperature", "degC", -40, 125));
    private static final String NESTED = "{'meta':{'n':7,'ts':1767225605},'data':[{'rh':459},{'t':81.5}]}";

    private static PayloadLayout nested(Codec codec) {
        return new PayloadLayout(
                codec,
                List.of(
                        new Field("humidity", "/data/0/rh", 0.1, 0),
                        new Field("temperature", "/data/1/t", 5.0 / 9, -160.0 / 9)),
                Optional.of(new Time("/meta/ts", Unit.SECONDS)),
                Optional.of("/meta/n"));
    }

    private static PayloadLayout usual(Codec codec) {
        return new PayloadLayout(codec, List.of(), Optional.empty(), Optional.empty());
    }

    private static PayloadLayout columns() {
        return new PayloadLayout(
                Codec.CSV,
                List.of(Field.of("humidity", "3"), Field.of("temperature", "2")),
                Optional.of(new Time("0", Unit.MILLIS)),
                Optional.of("1"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Codec.class,
            names = {"JSON", "CBOR"})
    void valuesAreFoundWhereTheLayoutSaysAndScaled(Codec codec) throws IOException {
        // When
        var reading = accepted(nested(codec), encoded(codec, NESTED), BARE);

        // Then
        assertThat(reading.values()).containsExactly(45.9f, 27.5f);
        assertThat(reading.time()).isEqualTo(TIME);
        assertThat(reading.event()).isEqualTo(EVENT);
    }

    @Test
    void cborReadsTheUsualForm() throws IOException {
        // Given
        var payload = encoded(Codec.CBOR, "{'seq':7,'time':'2026-01-01T00:00:05Z','values':[45.9,27]}");

        // When
        var reading = accepted(usual(Codec.CBOR), payload, BARE);

        // Then
        assertThat(reading.values()).containsExactly(45.9f, 27f);
        assertThat(reading.event()).isEqualTo(EVENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1767225605000,7,27.5,45.9,ignored", " 1767225605000 , 7 , 27.5 ,\"45.9\"\r\n"})
    void csvReadsColumns(String line) {
        // When
        var reading = accepted(columns(), bytes(line), BARE);

        // Then
        assertThat(reading.values()).containsExactly(45.9f, 27.5f);
        assertThat(reading.event()).isEqualTo(EVENT);
    }

    @Test
    void csvReadsTheFeaturesInTheirOrderAndTimeFromProperties() {
        assertThat(accepted(usual(Codec.CSV), bytes("45.9,27.5"), STAMPED).values())
                .containsExactly(45.9f, 27.5f);
    }

    @Test
    void rawNumbersAreLittleEndian() {
        // Given
        var floats = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(45.9f)
                .putFloat(-27.5f);
        var shorts = ByteBuffer.allocate(6)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) 99)
                .putShort((short) -275);
        var layout = new PayloadLayout(
                Codec.INT16,
                List.of(Field.of("humidity", "0"), new Field("temperature", "1", 0.1, 0)),
                Optional.empty(),
                Optional.empty());

        // When
        var fromFloats = accepted(usual(Codec.FLOAT32), floats.array(), STAMPED);
        var fromShorts = accepted(layout, shorts.array(), STAMPED);

        // Then
        assertThat(fromFloats.values()).containsExactly(45.9f, -27.5f);
        assertThat(fromFloats.event()).isEqualTo(EVENT);
        assertThat(fromShorts.values()).containsExactly(99f, -27.5f);
    }

    @Test
    void anUnchangedValueAtAnotherTimeIsAnotherReading() {
        // Given
        var later = new Stamp(Map.of("time", "2026-01-01T00:00:06Z"), Instant.EPOCH);
        var first = new Stamp(Map.of("time", "2026-01-01T00:00:05Z"), Instant.EPOCH);

        // When
        var events = List.of(
                accepted(usual(Codec.CSV), bytes("45.9,27.5"), first).event(),
                accepted(usual(Codec.CSV), bytes("45.9,27.5"), later).event(),
                accepted(usual(Codec.CSV), bytes("45.9,27.5"), first).event());

        // Then
        assertThat(events.get(0)).isNotEqualTo(events.get(1)).isEqualTo(events.get(2));
    }

    @Test
    void whatThePayloadSaysCountsBeforeTheProperties() {
        assertThat(accepted(columns(), bytes("1767225604000,8,27.5,45.9"), STAMPED)
                        .event())
                .isEqualTo(EventId.ofSequence(SOURCE.device(), SOURCE.stream(), TIME.minusSeconds(1), 8));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            MALFORMED    | time is missing            | 45.9,27.5
            """)
    void withoutAnyTimeThereIsNoReading(DeadLetterReason reason, String detail, String payload) {
        assertRefused(usual(Codec.CSV), bytes(payload), reason, detail);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            MALFORMED    | humidity is missing        | 1767225605000,7,27.5
            MALFORMED    | humidity is not a number   | 1767225605000,7,27.5,wet
            MALFORMED    | humidity is not a number   | 1767225605000,7,27.5,45f
            MALFORMED    | humidity is not a number   | 1767225605000,7,27.5,
            NOT_FINITE   | humidity is NaN            | 1767225605000,7,27.5,NaN
            OUT_OF_RANGE | temperature 275.0          | 1767225605000,7,275,45.9
            MALFORMED    | seq is not a whole number  | 1767225605000,-7,27.5,45.9
            MALFORMED    | seq is not a whole number  | 1767225605000,x,27.5,45.9
            MALFORMED    | time 'soon' is not a number of MILLIS | soon,7,27.5,45.9
            MALFORMED    | is not a number of MILLIS  | 1e300,7,27.5,45.9
            MALFORMED    | is not a number of MILLIS  | NaN,7,27.5,45.9
            MALFORMED    | before 1970                | -1,7,27.5,45.9
            """)
    void brokenLinesAreRefusedWithTheirFault(DeadLetterReason reason, String detail, String line) {
        assertRefused(columns(), bytes(line), reason, detail);
    }

    @Test
    void aSecondLineIsRefused() {
        assertRefused(
                columns(),
                bytes("1767225605000,7,27.5,45.9\n1767225606000,8,27.5,45.9\n"),
                DeadLetterReason.MALFORMED,
                "something follows");
    }

    @Test
    void brokenNestedPayloadsAreRefusedWithTheirFault() throws IOException {
        var layout = nested(Codec.CBOR);
        assertRefused(layout, new byte[0], DeadLetterReason.MALFORMED, "not a CBOR object");
        assertRefused(layout, bytes("hello"), DeadLetterReason.MALFORMED, "CBOR");
        assertRefused(layout, cbor("[1]"), DeadLetterReason.MALFORMED, "not a CBOR object");
        assertRefused(
                layout,
                cbor(NESTED.replace("[{", "{'0':{")
                        .replace("},{", "},'1':{")
                        .replace("}]", "}}")
                        .replace("81.5", "'81.5'")),
                DeadLetterReason.MALFORMED,
                "temperature is not a number");
        assertRefused(layout, cbor(NESTED.replace("'rh'", "'rx'")), DeadLetterReason.MALFORMED, "humidity is missing");
        assertRefused(
                layout,
                cbor(NESTED.replace("1767225605", "'soon'")),
                DeadLetterReason.MALFORMED,
                "time is not a number");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 7, 12})
    void rawPayloadsOfAnotherLengthAreOfTheWrongShape(int length) {
        assertRefused(
                usual(Codec.FLOAT32),
                new byte[length],
                DeadLetterReason.WRONG_SHAPE,
                length + " bytes, expected 8: 2 numbers of type FLOAT32");
    }

    @Test
    void aLayoutThatDoesNotFitTheModelIsRefusedByName() {
        assertThatThrownBy(() -> decoder(layout(Codec.JSON, "humidty", "/h")))
                .hasMessage("payload field 'humidty' is no feature of the model; there are: humidity, temperature");
        assertThatThrownBy(() -> decoder(layout(Codec.CSV, "humidity", "0")))
                .hasMessageContaining("must name all features");
        assertThatThrownBy(() -> decoder(layout(Codec.JSON, "humidity", "/temperature")))
                .hasMessageContaining("place '/temperature' is taken twice");
        assertThatThrownBy(() -> decoder(layout(Codec.JSON, "humidity", "/temperature/x")))
                .hasMessageContaining("is taken twice");
    }

    @ParameterizedTest
    @EnumSource(Codec.class)
    void neverThrowsWhateverComes(Codec codec) throws IOException {
        var random = new Random(codec.ordinal());
        var decoder = decoder(usual(codec));
        var good = encoded(codec, "{'seq':7,'time':'2026-01-01T00:00:05Z','values':[45.9,27]}");
        for (int i = 0; i < 5_000; i++) {
            // When
            var payload = Arrays.copyOf(good, random.nextInt(good.length + 1));
            for (int flips = random.nextInt(4); flips > 0 && payload.length > 0; flips--) {
                payload[random.nextInt(payload.length)] = (byte) random.nextInt(256);
            }
            var decoded = decoder.decode(SOURCE, payload, STAMPED, Motes.NO_PAST);

            // Then
            assertThat(decoded.<Boolean>fold(
                            reading -> reading.values().length == 2,
                            refused -> refused.detail().length() <= 200))
                    .isTrue();
        }
    }

    private static PayloadLayout layout(Codec codec, String field, String at) {
        return new PayloadLayout(codec, List.of(Field.of(field, at)), Optional.empty(), Optional.empty());
    }

    private static ReadingDecoder decoder(PayloadLayout layout) {
        return new ReadingDecoder(layout, FEATURES);
    }

    private static Reading accepted(PayloadLayout layout, byte[] payload, Stamp stamp) {
        var decoded = decoder(layout).decode(SOURCE, payload, stamp, Motes.NO_PAST);
        assertThat(decoded).isInstanceOf(Decoded.Accepted.class);
        return ((Decoded.Accepted) decoded).reading();
    }

    private static void assertRefused(PayloadLayout layout, byte[] payload, DeadLetterReason reason, String detail) {
        var decoded = decoder(layout).decode(SOURCE, payload, BARE, Motes.NO_PAST);
        assertThat(decoded).isInstanceOf(Decoded.Refused.class);
        var refused = (Decoded.Refused) decoded;
        assertThat(refused.detail()).contains(detail).doesNotContain("\n");
        assertThat(refused.reason()).isEqualTo(reason);
    }

    private static byte[] encoded(Codec codec, String json) throws IOException {
        return codec == Codec.CBOR ? cbor(json) : bytes(json);
    }

    private static byte[] cbor(String json) throws IOException {
        return new ObjectMapper(new CBORFactory()).writeValueAsBytes(new ObjectMapper().readTree(bytes(json)));
    }

    private static byte[] bytes(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
