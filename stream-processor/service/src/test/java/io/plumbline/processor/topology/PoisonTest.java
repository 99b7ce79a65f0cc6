package io.plumbline.processor.topology;

import static io.plumbline.processor.topology.Given.NORTH;
import static io.plumbline.processor.topology.Given.STALE;
import static io.plumbline.processor.topology.Given.fidelity;
import static io.plumbline.processor.topology.Given.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.Topics;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.message.ConfidenceSketch;
import io.plumbline.contract.message.DeadLetter;
import io.plumbline.contract.message.DeadLetterReason;
import io.plumbline.contract.message.Label;
import io.plumbline.contract.message.StatsDelta;
import io.plumbline.contract.wire.Counts;
import io.plumbline.contract.wire.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoisonTest {

    private static final DeviceId DEVICE = new DeviceId("north-1");

    private Bench bench;

    @BeforeEach
    void open() {
        bench = new Bench();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {Topics.MODEL_STATS, Topics.RESULTS, Topics.LABELS})
    void bytesNobodyCanReadAreADeadLetterWithAReasonAndTheStreamGoesOn(String topic) {
        // Given
        var poison = "not a message".getBytes(StandardCharsets.UTF_8);

        // When
        bench.sendRaw(topic, "key", poison, Given.START);
        bench.send(Given.quiet(STALE, NORTH, 0));

        // Then
        assertThat(bench.records(Topics.DEAD_LETTERS)).singleElement().satisfies(record -> {
            assertThat(record.value()).isEqualTo(poison);
            assertThat(record.key()).isEqualTo(topic);
            var letter = DeadLetter.from(Headers.of(record));
            assertThat(letter.reason()).isEqualTo(DeadLetterReason.MALFORMED);
            assertThat(letter.source()).isEqualTo(topic);
            assertThat(letter.detail()).isNotBlank();
            assertThat(Headers.of(record)).containsEntry("partition", "0").containsEntry("offset", "0");
        });
        assertThat(bench.health().readings()).isEqualTo(240);
        assertThat(bench.metrics.refused).containsExactly(topic);
    }

    @ParameterizedTest
    @ValueSource(strings = {Topics.MODEL_STATS, Topics.RESULTS, Topics.LABELS})
    void aRecordWithoutAValueIsADeadLetter(String topic) {
        bench.sendRaw(topic, "key", null, Given.START);

        assertThat(bench.records(Topics.DEAD_LETTERS)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noDamagedDeltaStopsTheStream(long seed) {
        // Given
        var random = new Random(seed);
        var good = Given.clipping(STALE, NORTH, 0);

        // When
        for (int i = 0; i < 200; i++) {
            var bytes = good.toBytes();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            bench.sendRaw(Topics.MODEL_STATS, good.partitionKey(), bytes, Given.START);
        }
        bench.send(Given.quiet(STALE, NORTH, 1));

        // Then
        assertThat(bench.records(Topics.DEAD_LETTERS)).as("seed %d", seed).isNotEmpty();
        bench.waits(Duration.ofSeconds(1));
        assertThat(bench.records(Topics.MODEL_HEALTH)).as("seed %d", seed).isNotEmpty();
    }

    @Test
    void aDeltaOnAnotherKeyIsADeadLetterBecauseItWouldSplitTheCohort() {
        var delta = Given.quiet(STALE, NORTH, 0);

        bench.sendRaw(Topics.MODEL_STATS, "climate-event|south", delta.toBytes(), Given.START);

        bench.waits(Duration.ofSeconds(1));
        assertThat(bench.records(Topics.MODEL_HEALTH)).isEmpty();
        assertThat(detail()).isEqualTo("key 'climate-event|south' is not the delta's 'climate-event|north'");
    }

    @Test
    void aResultOnAnotherKeyIsADeadLetter() {
        bench.sendRaw(
                Topics.RESULTS, "north-2", Given.result(DEVICE, 5, "normal").toBytes(), Given.START);

        assertThat(detail()).isEqualTo("key 'north-2' is not the device 'north-1'");
    }

    @Test
    void countsThatWouldOverflowAreADeadLetter() {
        var huge =
                Given.delta(key(STALE, NORTH, 0, 0), fidelity(120, 120, 0, 0, 0), new Counts(Long.MAX_VALUE, 1, 1, 1));

        bench.send(huge);

        assertThat(detail()).isEqualTo("a count is larger than 1099511627776");
    }

    @Test
    void confidenceThatWouldOverflowIsADeadLetter() {
        var bins = new long[ConfidenceSketch.BINS];
        bins[ConfidenceSketch.BINS - 1] = Long.MAX_VALUE;

        bench.send(withConfidence(new ConfidenceSketch("normal", new Counts(bins), 1, 0)));

        assertThat(detail()).isEqualTo("a count is larger than 1099511627776");
    }

    @Test
    void confidenceWithoutEndIsADeadLetter() {
        var bins = Counts.zeros(ConfidenceSketch.BINS);

        bench.send(withConfidence(new ConfidenceSketch("normal", bins, Double.POSITIVE_INFINITY, 0)));

        assertThat(detail()).isEqualTo("a sum is not finite");
    }

    private static StatsDelta withConfidence(ConfidenceSketch confidence) {
        var quiet = Given.quiet(STALE, NORTH, 0);
        return new StatsDelta(
                quiet.key(),
                quiet.readings(),
                quiet.predictions(),
                quiet.fidelity(),
                quiet.features(),
                quiet.latency(),
                quiet.faults(),
                List.of(confidence));
    }

    @Test
    void moreDeltasForAWindowThanAGatewayEverSendsAreDeadLetters() {
        for (int sequence = 0; sequence < 257; sequence++) {
            bench.send(Given.outdoors(key(STALE, NORTH, 0, sequence), fidelity(1, 1, 0, 0, 0)));
        }

        assertThat(bench.health().fidelity().compared()).isEqualTo(256);
        assertThat(detail()).isEqualTo("more than 256 deltas for one window");
    }

    @Test
    void aLabelFromBeyondTimeIsADeadLetter() {
        var label = new Label(Given.event(DEVICE, 5), DEVICE, Instant.parse("+20000-01-01T00:00:00Z"), "event");

        bench.sendRaw(Topics.LABELS, DEVICE.value(), Json.encode(label), Given.START);

        assertThat(detail()).contains("is not a plausible time");
    }

    @Test
    void aWindowDaysAheadOfAllElseIsADeadLetterAndWhatComesAfterItIsNotLate() {
        // Given
        var ahead = Given.quiet(STALE, NORTH, 12 * 24 * 30);
        bench.send(Given.quiet(STALE, NORTH, 0));

        // When
        bench.sendRaw(Topics.MODEL_STATS, ahead.partitionKey(), ahead.toBytes(), Given.START);
        bench.send(Given.quiet(STALE, NORTH, 1));

        // Then
        assertThat(bench.health().readings()).isEqualTo(480);
        assertThat(detail())
                .isEqualTo("window 2026-01-31T00:00:00Z is more than PT24H ahead of 2026-01-01T00:00:00Z"
                        + " and of all that came before; set the clocks of the devices");
    }

    @Test
    void aLabelDaysAheadOfAllElseIsADeadLetterAndWhatItsDeviceSaysAfterItIsNotLate() {
        // Given
        var days = 30 * 24 * 3600;
        bench.sendRaw(Topics.LABELS, DEVICE.value(), Json.encode(Given.label(DEVICE, days, "event")), Given.START);

        // When
        bench.send(Given.result(DEVICE, 5, "event"));
        bench.send(Given.label(DEVICE, 5, "event"));

        // Then
        assertThat(bench.metrics.paired).isEqualTo(1);
        assertThat(detail())
                .isEqualTo("eventTime of device 'north-1' 2026-01-31T00:00:00Z is more than PT24H ahead of"
                        + " 2026-01-01T00:00:00Z and of all that came before; set the clocks of the devices");
    }

    @Test
    void aLabelHoursAheadTakesNoTimeToWaitFromTheOthersOfItsDevice() {
        // Given: a label that is as far ahead as labels may be, and waits as long as labels do
        var hour = 3600;
        var ahead = Json.encode(Given.label(DEVICE, 25 * hour, "event"));
        bench.sendRaw(Topics.LABELS, DEVICE.value(), ahead, Given.START.plusSeconds(hour));

        // When: a label comes an hour after its reading
        bench.send(Given.result(DEVICE, 5, "event"));
        bench.sendRaw(
                Topics.LABELS,
                DEVICE.value(),
                Json.encode(Given.label(DEVICE, 5, "event")),
                Given.START.plusSeconds(hour));

        // Then
        assertThat(bench.metrics.refused).isEmpty();
        assertThat(bench.metrics.paired).isEqualTo(1);
    }

    @Test
    void aDeviceOfTheFutureMakesNothingThatItsSiteSaysTooLate() {
        // Given: an answer and its label that both claim to be of next month
        var days = 30 * 24 * 3600;
        var answer = Given.result(DEVICE, days, "event");
        var label = Given.label(DEVICE, days, "event");
        bench.sendRaw(Topics.RESULTS, DEVICE.value(), answer.toBytes(), Given.START);
        bench.sendRaw(Topics.LABELS, DEVICE.value(), Json.encode(label), Given.START);

        // When
        bench.send(Given.quiet(STALE, NORTH, 0));

        // Then
        assertThat(bench.health().readings()).isEqualTo(240);
        assertThat(bench.metrics.refused).containsExactly(Topics.RESULTS, Topics.LABELS);
    }

    @Test
    void aReplayThatRunsAheadOfTheWallClockStepByStepIsTaken() {
        for (int hours = 0; hours < 96; hours += 12) {
            var delta = Given.quiet(STALE, NORTH, 12 * hours);
            bench.sendRaw(Topics.MODEL_STATS, delta.partitionKey(), delta.toBytes(), Given.START);
        }

        assertThat(bench.records(Topics.DEAD_LETTERS)).isEmpty();
    }

    private String detail() {
        var letters = bench.records(Topics.DEAD_LETTERS);
        assertThat(letters).hasSize(1);
        return Headers.of(letters.get(0)).get("detail");
    }
}
