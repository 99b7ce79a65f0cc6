package io.plumbline.gateway.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.fleet.PayloadLayout;
import io.plumbline.contract.fleet.PayloadLayout.Field;
import io.plumbline.contract.id.EventId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.DeadLetter;
import io.plumbline.contract.message.DeadLetterReason;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.message.InferenceResult;
import io.plumbline.gateway.core.inbox.Incoming;
import io.plumbline.gateway.core.outbox.OutboxRecord;
import io.plumbline.gateway.core.outbox.RecordKind;
import io.plumbline.gateway.core.stream.GatewayMemory;
import io.plumbline.gateway.testing.FakeModel;
import io.plumbline.gateway.testing.Motes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedInputTest {

    /** Half of the humidity, and a temperature that the other stream does not look at. */
    private static final PayloadLayout DEEPER = new PayloadLayout(
            PayloadLayout.Codec.JSON,
            List.of(new Field("humidity", "/damp", 0.5, 0), Field.of("temperature", "/inner")),
            Optional.empty(),
            Optional.empty());

    private final PipelineBench bench = new PipelineBench();
    private Pipeline pipeline = bench.pipeline;
    private GatewayMemory memory = bench.memory;

    private void startBoth() {
        var event = new GatewayEvent.Started(bench.self.gateway(), bench.self.site(), Motes.START);
        pipeline.activate(Motes.stream("one"), FakeModel.build("one"), event);
        pipeline.activate(Motes.stream("two", Motes.COMFORT, DEEPER), FakeModel.build("two"), event);
        pipeline.takeRecords();
    }

    @Test
    void everyStreamThatTakesATopicAnswersUnderAnEventOfItsOwn() {
        // Given
        startBoth();

        // When
        pipeline.handle(message(1, 1, 20.0, 30.0, 0));
        pipeline.handle(message(1, 1, 20.0, 30.0, 0));

        // Then
        assertThat(pipeline.takeRecords())
                .extracting(record -> InferenceResult.from(record.value()).event())
                .containsExactly(
                        Motes.event("north-1", 1),
                        EventId.ofSequence(Motes.stream("one").devices().get(0), Motes.COMFORT, Motes.time(1), 1));
        assertThat(memory.counters().view(0).results()).isEqualTo(2);
        assertThat(memory.counters().view(0).redelivered()).isEqualTo(2);
    }

    @Test
    void whatOneStreamCannotReadIsItsDeadLetterAndTheOthersResult() {
        // Given
        startBoth();

        // When
        pipeline.handle(message(1, 7, 20.0, 999.0, 0));
        var records = pipeline.takeRecords();
        pipeline.handle(message(1, 7, 20.0, 999.0, 1));

        // Then
        assertThat(results(records)).containsExactly(Motes.CLIMATE);
        assertThat(letters(records)).extracting(DeadLetter::stream).containsExactly(Motes.COMFORT);
        assertThat(letters(records)).extracting(DeadLetter::reason).containsExactly(DeadLetterReason.OUT_OF_RANGE);
        assertThat(pipeline.takeRecords()).isEmpty();
        assertThat(memory.counters().view(0).redelivered()).isEqualTo(2);
    }

    @Test
    void whatNoStreamCanReadIsADeadLetterOfEachAndWhatNoneTakesIsOne() {
        // Given
        startBoth();

        // When
        for (int connection = 0; connection < 2; connection++) {
            pipeline.handle(Motes.message("north-1", "rubbish", Motes.delivery(7, connection)));
            pipeline.handle(new Incoming("elsewhere", new byte[0], Motes.delivery(8, connection)));
        }

        // Then
        assertThat(letters(pipeline.takeRecords()))
                .extracting(letter -> letter.stream().value())
                .containsExactly("climate", "comfort", "unassigned");
        assertThat(memory.counters().view(0).redelivered()).isEqualTo(3);
    }

    @Test
    void aMessageThatNoStreamTookStaysOneDeadLetterWhenAStreamTakesItLater() {
        // Given
        pipeline.handle(message(1, 7, 20.0, 30.0, 0));
        startBoth();

        // When
        pipeline.handle(message(1, 7, 20.0, 30.0, 1));

        // Then
        assertThat(pipeline.takeRecords()).isEmpty();
        assertThat(memory.counters().view(0).deadLetters()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void sentIsResultsAndDeadLettersOfEachStreamWhateverACrashLeaves(long seed) {
        // Given
        var random = new Random(seed);
        var durable = new ArrayList<OutboxRecord>();
        var sent = 0;
        startBoth();

        // When
        for (int batch = 0, connection = 0; batch < 40; batch++) {
            var messages = new ArrayList<Sent>();
            for (int i = random.nextInt(12); i >= 0; i--) {
                messages.add(
                        new Sent(sent++, messages.size() + 1, random.nextInt(3) - 1 + 20.0, random.nextInt(10) * 20.0));
            }
            handle(messages, connection);
            while (random.nextInt(3) == 0) {
                // The end of the batch is lost, and with it all that the memory knew.
                var records = pipeline.takeRecords();
                durable.addAll(records.subList(0, random.nextInt(records.size() + 1)));
                restart(durable);
                handle(messages, ++connection);
            }
            durable.addAll(pipeline.takeRecords());
        }

        // Then
        var total = sent;
        assertThat(List.of(Motes.CLIMATE, Motes.COMFORT)).allSatisfy(stream -> {
            var results = results(durable).stream().filter(stream::equals).count();
            var letters = letters(durable).stream()
                    .filter(letter -> letter.stream().equals(stream))
                    .count();
            assertThat(results).isPositive();
            assertThat(results + letters).isEqualTo(total);
        });
        assertThat(letters(durable)).extracting(DeadLetter::stream).contains(Motes.COMFORT);
        assertThat(memory.counters().view(0).results())
                .isEqualTo(results(durable).size());
        assertThat(memory.counters().view(0).deadLetters())
                .isEqualTo(letters(durable).size());
    }

    /** @param inner what only the second stream looks at; out of range from 130 on */
    private record Sent(int number, int packet, double humidity, double inner) {}

    private void handle(List<Sent> messages, int connection) {
        pipeline.handle(messages.stream()
                .map(one -> message(one.number, one.packet, one.humidity, one.inner, connection))
                .toList());
    }

    private void restart(List<OutboxRecord> durable) {
        memory = new GatewayMemory(PipelineBench.RULES, bench.clock, Duration.ofHours(1));
        durable.forEach(record ->
                memory.apply(record, (model, build) -> Optional.of(FakeModel.known()), (result, input, window) -> {}));
        var saved = memory.toBytes();
        memory = new GatewayMemory(PipelineBench.RULES, bench.clock, Duration.ofHours(1));
        memory.restore(saved);
        pipeline = bench.pipeline(memory);
        startBoth();
    }

    private static Incoming message(long sequence, int packet, double humidity, double inner, long connection) {
        return Motes.message(
                "north-1",
                "{\"seq\":%d,\"time\":\"%s\",\"humidity\":%s,\"temperature\":20,\"inner\":%s,\"damp\":%s}"
                        .formatted(sequence, Motes.time(sequence), humidity, inner, humidity),
                Motes.delivery(packet, connection));
    }

    private static List<StreamId> results(List<OutboxRecord> records) {
        return records.stream()
                .filter(record -> record.kind() == RecordKind.RESULT)
                .map(record -> InferenceResult.from(record.value()).stream())
                .toList();
    }

    private static List<DeadLetter> letters(List<OutboxRecord> records) {
        return records.stream()
                .filter(record -> record.kind() == RecordKind.DEAD_LETTER)
                .map(record -> DeadLetter.from(record.headers()))
                .toList();
    }
}
