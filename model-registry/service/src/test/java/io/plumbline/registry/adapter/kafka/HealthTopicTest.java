package io.plumbline.registry.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contract.Topics;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.Cohort;
import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.LatencyHistogram;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.message.Verdict;
import io.plumbline.contract.wire.Json;
import io.plumbline.registry.core.choice.Choice;
import io.plumbline.registry.core.job.Demand;
import io.plumbline.registry.core.job.Fixtures;
import io.plumbline.registry.core.job.MemoryJobStore;
import io.plumbline.registry.core.job.NotNowException;
import io.plumbline.registry.core.job.Pace;
import io.plumbline.registry.core.job.Recalibrations;
import io.plumbline.registry.core.job.Surroundings;
import io.plumbline.registry.core.job.UnknownJobException;
import io.plumbline.registry.core.recalibration.CandidateBuilder;
import io.plumbline.registry.core.recalibration.Coordinator;
import io.plumbline.registry.core.recalibration.Effect;
import io.plumbline.registry.core.recalibration.Gate;
import io.plumbline.registry.core.recalibration.GatePolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** When a person may be told that nothing speaks against a recalibration. Kafka's own stand-in for a consumer plays the topic. */
class HealthTopicTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ModelName MODEL = new ModelName("m");
    private static final TopicPartition FIRST = new TopicPartition(Topics.MODEL_HEALTH, 0);
    private static final String NOT_YET =
            "not now: the verdicts of the sites are not all heard yet, so nobody can say whether"
                    + " other ranges can help; try again in a moment, or ask with force";

    private final Recalibrations recalibrations = recalibrations();
    private final BlockingQueue<Consumer<String, byte[]>> consumers = new LinkedBlockingQueue<>();
    private int demands;

    @Test
    void nobodyIsTakenBeforeTheEndOfTheTopicIsReachedAlsoWhereATransactionsEndIsTheLast() throws Exception {
        // Given: a verdict, then the end of its transaction, which takes an offset of its own
        var reached = new CountDownLatch(1);
        var topic = topic(2);
        topic.schedulePollTask(() -> topic.addRecord(record(0, health(Verdict.CONCEPT_DRIFT))));
        topic.schedulePollTask(() -> wait(reached));
        topic.schedulePollTask(() -> topic.seek(FIRST, 2));
        consumers.add(topic);

        // When
        try (var health = new HealthTopic(this::connect)) {
            health.start(recalibrations);

            // Then
            assertThat(demand()).isEqualTo(NOT_YET);
            reached.countDown();
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(demand()).isEqualTo("REFUSED"));
        }
    }

    @Test
    void anEmptyTopicIsKnownAtOnceAndOneThatIsNotThereNever() {
        // Given
        var missing = new MockConsumer<String, byte[]>("earliest");
        missing.updatePartitions(Topics.MODEL_HEALTH, List.of());
        consumers.add(missing);

        // When
        try (var health = new HealthTopic(this::connect)) {
            health.start(recalibrations);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(consumers).isEmpty());
            assertThat(demand()).isEqualTo(NOT_YET);
        }
        consumers.add(topic(0));
        try (var health = new HealthTopic(this::connect)) {
            health.start(recalibrations);

            // Then
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(demand()).isEqualTo("OBSERVING"));
        }
    }

    @Test
    void whereTheReadingBreaksItBeginsAnewAndNobodyIsTakenMeanwhile() {
        // Given
        var reached = new CountDownLatch(1);
        var breaks = topic(0);
        consumers.add(breaks);
        var again = topic(1);
        again.schedulePollTask(() -> wait(reached));
        again.schedulePollTask(() -> again.addRecord(record(0, health(Verdict.CONCEPT_DRIFT))));
        consumers.add(again);

        // When
        try (var health = new HealthTopic(this::connect)) {
            health.start(recalibrations);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(demand()).isNotEqualTo(NOT_YET));
            breaks.schedulePollTask(() -> breaks.setPollException(new KafkaException("the disk of the broker")));

            // Then
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(demand()).isEqualTo(NOT_YET));
            reached.countDown();
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(demand()).isEqualTo("REFUSED"));
        }
    }

    @Test
    void tombstonesAndWhatIsNotUnderstoodAreNoVerdicts() {
        // Given
        var drift = health(Verdict.CONCEPT_DRIFT);
        var topic = topic(3);
        topic.schedulePollTask(() -> {
            topic.addRecord(record(0, drift));
            topic.addRecord(new ConsumerRecord<>(FIRST.topic(), 0, 1, "k", new byte[] {1, 2, 3}));
            topic.addRecord(
                    new ConsumerRecord<>(FIRST.topic(), 0, 2, drift.cohort().key(), null));
        });
        consumers.add(topic);

        // When
        try (var health = new HealthTopic(this::connect)) {
            health.start(recalibrations);

            // Then
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(demand()).isEqualTo("OBSERVING"));
        }
    }

    private Consumer<String, byte[]> connect() {
        var next = consumers.poll();
        if (next == null) {
            throw new KafkaException("no more of them");
        }
        return next;
    }

    /** Of one partition. */
    private static MockConsumer<String, byte[]> topic(long end) {
        var consumer = new MockConsumer<String, byte[]>("earliest");
        var node = new Node(0, "localhost", 1);
        consumer.updatePartitions(
                FIRST.topic(),
                List.of(new PartitionInfo(FIRST.topic(), 0, node, new Node[] {node}, new Node[] {node})));
        consumer.updateBeginningOffsets(Map.of(FIRST, 0L));
        consumer.updateEndOffsets(Map.of(FIRST, end));
        return consumer;
    }

    private static void wait(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ConsumerRecord<String, byte[]> record(long offset, ModelHealth health) {
        return new ConsumerRecord<>(FIRST.topic(), 0, offset, health.cohort().key(), Json.encode(health));
    }

    private static ModelHealth health(Verdict verdict) {
        return new ModelHealth(
                new Cohort(MODEL, Digest.of(new byte[] {9}), Fixtures.STALE, Fixtures.SOUTH),
                Fixtures.T0,
                Fixtures.T0.plusSeconds(300),
                800,
                new Fidelity(List.of(), 0, List.of()),
                List.of(),
                LatencyHistogram.EMPTY,
                verdict,
                List.of(new Evidence("accuracy", "all", 0.61, 0.58, 0.64, 0.9, 800, true)),
                Optional.empty());
    }

    /** What becomes of it, in a word or in those of the refusal. */
    private String demand() {
        var id = "hand-" + demands++;
        try {
            var job = recalibrations.demanded(new Demand(id, MODEL, Optional.empty(), List.of(), "by ada", false));
            if (!job.isOver()) {
                recalibrations.cancel(id, "ada");
            }
            return job.step().name();
        } catch (NotNowException e) {
            return String.valueOf(e.getMessage());
        } catch (UnknownJobException e) {
            throw new AssertionError(e);
        }
    }

    private static Recalibrations recalibrations() {
        var builder = new CandidateBuilder() {
            @Override
            public List<Digest> build(Effect.Build order) {
                return List.of(Fixtures.CANDIDATE);
            }

            @Override
            public Optional<Digest> version(ModelName model, Digest build) {
                return Optional.of(Digest.of(new byte[] {9}));
            }
        };
        var made = new Recalibrations(
                new Coordinator(new Gate(GatePolicy.DEFAULT), Choice.DEFAULT, Duration.ofSeconds(15)),
                new Pace(Duration.ZERO, Integer.MAX_VALUE),
                new MemoryJobStore(),
                new Surroundings(task -> {}, event -> {}, progress -> {}, builder, build -> {}),
                () -> Fixtures.T0);
        Fixtures.BOTH.keySet().forEach(gateway -> made.heard(Fixtures.heartbeat(gateway, MODEL)));
        made.listening();
        return made;
    }
}
