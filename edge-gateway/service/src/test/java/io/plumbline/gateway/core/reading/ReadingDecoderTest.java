package io.plumbline.gateway.core.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.fleet.PayloadLayout;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.EventId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.DeadLetterReason;
import io.plumbline.gateway.testing.Motes;
import io.plumbline.inference.card.ModelCard;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingDecoderTest {

    private static final Source SOURCE = new Source(new DeviceId("north-1"), new StreamId("climate"));
    private static final Stamp NO_STAMP = new Stamp(Map.of(), Instant.EPOCH);
    private static final Instant TIME = Instant.parse("2026-01-01T00:00:05Z");

    private final ReadingDecoder decoder = new ReadingDecoder(
            PayloadLayout.JSON,
            List.of(
                    new ModelCard.Feature("humidity", "%RH", 0, 100),
                    new ModelCard.Feature("temperature", "degC", -40, 125)));

    @Test
    void readsNamedValuesInTheCardsOrder() {
        // Given
        var payload =
                "{'temperature': 27.9, 'seq': 7, 'time': '2026-01-01T00:00:05Z', 'x': {'y': [1]}, 'humidity': 45.9}";

        // When
        var reading = accepted(payload);

        // Then
        assertThat(reading.values()).containsExactly(45.9f, 27.9f);
        assertThat(reading.time()).isEqualTo(TIME);
        assertThat(reading.event()).isEqualTo(EventId.ofSequence(SOURCE.device(), SOURCE.stream(), TIME, 7));
    }

    @Test
    void readsAList() {
        assertThat(accepted("{'seq':7,'time':'2026-01-01T00:00:05Z','values':[45.9,27]}")
                        .values())
                .containsExactly(45.9f, 27f);
    }

    @Test
    void withoutASequenceAReadingIsKnownByItsContent() {
        // Given
        var payload = "{'time':'2026-01-01T00:00:05Z','values':[45.9,27]}";

        // When
        var event = accepted(payload).event();

        // Then
        assertThat(event).isEqualTo(EventId.ofContent(SOURCE.device(), SOURCE.stream(), bytes(payload)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            MALFORMED    | not JSON                     | hello
            MALFORMED    | not JSON                     | {'time':
            MALFORMED    | not a JSON object            | [1,2]
            MALFORMED    | time is missing              | {'seq':1,'humidity':1,'temperature':2}
            MALFORMED    | time 'soon'                  | {'time':'soon','humidity':1,'temperature':2}
            MALFORMED    | time is not a text           | {'time':17,'humidity':1,'temperature':2}
            MALFORMED    | before 1970                  | {'time':'1969-01-01T00:00:00Z','values':[1,2]}
            MALFORMED    | seq is not                   | {'seq':-1,'time':'2026-01-01T00:00:05Z','values':[1,2]}
            MALFORMED    | seq is not                   | {'seq':1.5,'time':'2026-01-01T00:00:05Z','values':[1,2]}
            MALFORMED    | seq is not                   | {'seq':99999999999999999999,'time':'2026-01-01T00:00:05Z','values':[1,2]}
            MALFORMED    | temperature is missing       | {'time':'2026-01-01T00:00:05Z','humidity':1}
            MALFORMED    | humidity is not a number     | {'time':'2026-01-01T00:00:05Z','humidity':'wet','temperature':2}
            MALFORMED    | humidity is given twice      | {'time':'2026-01-01T00:00:05Z','humidity':1,'humidity':1,'temperature':2}
            MALFORMED    | humidity is not a number     | {'time':'2026-01-01T00:00:05Z','values':[[1,2]]}
            MALFORMED    | something follows            | {'time':'2026-01-01T00:00:05Z','values':[1,2]} {}
            WRONG_SHAPE  | values has 3 entries, expected 2: humidity, temperature | {'time':'2026-01-01T00:00:05Z','values':[1,2,3]}
            WRONG_SHAPE  | values has 1 entries         | {'time':'2026-01-01T00:00:05Z','values':[1]}
            NOT_FINITE   | humidity is NaN              | {'time':'2026-01-01T00:00:05Z','humidity':NaN,'temperature':2}
            NOT_FINITE   | temperature is Infinity      | {'time':'2026-01-01T00:00:05Z','values':[1,1e999]}
            OUT_OF_RANGE | humidity 100.5 is outside    | {'time':'2026-01-01T00:00:05Z','humidity':100.5,'temperature':2}
            OUT_OF_RANGE | temperature -41.0 is outside | {'time':'2026-01-01T00:00:05Z','values':[1,-41]}
            """)
    void refusesWithAReasonThatNamesTheFault(DeadLetterReason reason, String detail, String payload) {
        // When
        var refused = refused(bytes(payload));

        // Then
        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(refused.detail()).contains(detail).doesNotContain("\n");
    }

    @Test
    void refusesWhatIsLargerThanAnyReading() {
        assertThat(refused(new byte[ReadingDecoder.MAX_BYTES + 1]).reason()).isEqualTo(DeadLetterReason.TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void neverThrowsWhateverComes(long seed) {
        // Given
        var random = new Random(seed);
        var good = bytes("{'seq':7,'time':'2026-01-01T00:00:05Z','humidity':45.9,'temperature':27.9}");

        for (int i = 0; i < 2_000; i++) {
            // When
            var payload = good.clone();
            for (int flips = 0; flips < 1 + random.nextInt(4); flips++) {
                payload[random.nextInt(payload.length)] = (byte) random.nextInt(256);
            }
            var decoded = decoder.decode(SOURCE, payload, NO_STAMP, Motes.NO_PAST);

            // Then
            assertThat(decoded.<Boolean>fold(
                            reading -> reading.values().length == 2,
                            refused -> refused.detail().length() <= 200))
                    .isTrue();
        }
    }

    private Reading accepted(String payload) {
        var decoded = decoder.decode(SOURCE, bytes(payload), NO_STAMP, Motes.NO_PAST);
        assertThat(decoded).isInstanceOf(Decoded.Accepted.class);
        return ((Decoded.Accepted) decoded).reading();
    }

    private Decoded.Refused refused(byte[] payload) {
        var decoded = decoder.decode(SOURCE, payload, NO_STAMP, Motes.NO_PAST);
        assertThat(decoded).isInstanceOf(Decoded.Refused.class);
        return (Decoded.Refused) decoded;
    }

    private static byte[] bytes(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
