package io.plumbline.processor.topology;

import static io.plumbline.processor.topology.Given.NORTH;
import static io.plumbline.processor.topology.Given.STALE;
import static io.plumbline.processor.topology.Given.quiet;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.Topics;
import io.plumbline.judging.policy.JudgingPolicy;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Kafka Streams begins a task again with the same processor: what it told in a transaction that was given up, nobody heard. */
class RevivedTaskTest {

    private final CohortProcessor processor = new CohortProcessor(
            new Parts(JudgingPolicy.DEFAULT, (model, build) -> Optional.of(Given.REFERENCE), new CountingMetrics()));
    private final MockProcessorContext<String, Emission> first = new MockProcessorContext<>();
    private final MockProcessorContext<String, Emission> second = new MockProcessorContext<>();

    @BeforeEach
    void open() {
        first.setCurrentSystemTimeMs(0);
        second.setCurrentSystemTimeMs(0);
        for (var store : List.of(Stores.COHORTS, Stores.WINDOWS, Stores.LABELS, Stores.CONFIDENCES, Stores.TOTALS)) {
            KeyValueStore<String, byte[]> kept = org.apache.kafka.streams.state.Stores.keyValueStoreBuilder(
                            org.apache.kafka.streams.state.Stores.inMemoryKeyValueStore(store.name()),
                            Serdes.String(),
                            Serdes.ByteArray())
                    .withLoggingDisabled()
                    .build();
            kept.init(first.getStateStoreContext(), kept);
            second.addStateStore(kept);
        }
        var policies = org.apache.kafka.streams.state.Stores.timestampedKeyValueStoreBuilder(
                        org.apache.kafka.streams.state.Stores.inMemoryKeyValueStore("policies"),
                        Serdes.String(),
                        Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        policies.init(first.getStateStoreContext(), policies);
        second.addStateStore(policies);
    }

    @Test
    void healthThatWasToldInATransactionThatWasGivenUpIsToldAgain() {
        // Given
        processor.init(first);
        first.setRecordMetadata(Topics.MODEL_STATS, 0, 0);
        var delta = quiet(STALE, NORTH, 0);
        processor.process(new Record<>(delta.partitionKey(), delta.toBytes(), Given.START.toEpochMilli()));
        tick(first);
        assertThat(health(first)).hasSize(1);

        // When
        processor.close();
        processor.init(second);
        tick(second);

        // Then
        assertThat(health(second)).hasSize(1);
    }

    @Test
    void theClockOfTheFirstLifeDoesNotTickInTheSecond() {
        processor.init(first);

        processor.close();
        processor.init(second);

        assertThat(first.scheduledPunctuators()).allMatch(MockProcessorContext.CapturedPunctuator::cancelled);
        assertThat(second.scheduledPunctuators()).noneMatch(MockProcessorContext.CapturedPunctuator::cancelled);
    }

    private static List<String> health(MockProcessorContext<String, Emission> context) {
        return context.forwarded().stream()
                .map(forward -> ((Emission) forward.record().value()).destination())
                .filter(Topics.MODEL_HEALTH::equals)
                .toList();
    }

    private static void tick(MockProcessorContext<String, Emission> context) {
        context.scheduledPunctuators()
                .forEach(punctuator -> punctuator.getPunctuator().punctuate(0));
    }
}
