package io.plumbline.judging.label;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.EventId;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.InferenceResult;
import io.plumbline.contract.message.Label;
import io.plumbline.contract.message.Prediction;
import io.plumbline.judging.MemoryState;
import io.plumbline.judging.OrderedState;
import io.plumbline.judging.Uncounted;
import io.plumbline.judging.policy.JudgingPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelDeskTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Digest BUILD = Digest.of(new byte[] {1});
    private static final List<String> LABELS = List.of("event", "normal");

    private final MemoryState<Pair> pairs = new MemoryState<>();
    private final MemoryState<LabelDesk.DeviceClock> clocks = new MemoryState<>();

    private LabelDesk desk() {
        return desk(pairs);
    }

    private LabelDesk desk(OrderedState<Pair> state) {
        return new LabelDesk(state, clocks, JudgingPolicy.DEFAULT, new Uncounted());
    }

    /** In any order, any number of times and over restarts: the first answer meets the first label of its event, once. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyEventMeetsItsLabelOnceWhateverTheOrder(long seed) {
        // Given
        var random = new Random(seed);
        var desk = desk();
        Map<EventId, String> answers = new HashMap<>();
        Map<EventId, String> truths = new HashMap<>();
        Set<EventId> met = new HashSet<>();
        for (int step = 0; step < 4_000; step++) {
            if (random.nextInt(200) == 0) {
                desk = desk();
            }
            var device = "d-" + random.nextInt(5);
            // some of one moment, some out of order, and now and then one of long ago
            var second = step / 20 + random.nextInt(30) - (random.nextInt(20) == 0 ? 150 : 0);
            var event = new EventId(device + "/" + Math.max(0, second) + "-" + random.nextInt(2));
            var said = LABELS.get(random.nextInt(2));
            var isAnswer = random.nextBoolean();

            // When
            var at = START.plusSeconds(Math.max(0, second));
            var pairing = isAnswer
                    ? desk.on(result(device, event, at, said), START)
                    : desk.on(new Label(event, new DeviceId(device), at, said), START);

            // Then
            (isAnswer ? answers : truths).putIfAbsent(event, said);
            var meets = answers.containsKey(event) && truths.containsKey(event) && met.add(event);
            assertThat(pairing.refused()).isEmpty();
            assertThat(pairing.answer().map(a -> a.predicted() + a.truth()))
                    .isEqualTo(meets ? Optional.of(answers.get(event) + truths.get(event)) : Optional.empty());
        }
        assertThat(met).hasSizeGreaterThan(300);
    }

    @Test
    void theNewestAnswerOfADeviceIsNotLookedFor() {
        // Given
        var looked = new Looked(pairs);
        var desk = desk(looked);
        desk.on(result("d", new EventId("e-0"), START, "event"), START);
        looked.gets = 0;

        // When
        for (int i = 1; i <= 10; i++) {
            desk.on(result("d", new EventId("e-" + i), START.plusSeconds(i), "event"), START);
        }

        // Then
        assertThat(looked.gets).isZero();
        assertThat(desk.on(new Label(new EventId("e-10"), new DeviceId("d"), START.plusSeconds(10), "event"), START)
                        .answer())
                .isPresent();
        assertThat(looked.gets).isEqualTo(1);
    }

    private static final class Looked implements OrderedState<Pair> {

        private final OrderedState<Pair> pairs;
        private int gets;

        private Looked(OrderedState<Pair> pairs) {
            this.pairs = pairs;
        }

        @Override
        public Optional<Pair> get(String key) {
            gets++;
            return pairs.get(key);
        }

        @Override
        public void put(String key, Pair value) {
            pairs.put(key, value);
        }

        @Override
        public void delete(String key) {
            pairs.delete(key);
        }

        @Override
        public List<Entry<Pair>> range(String from, String to) {
            return pairs.range(from, to);
        }
    }

    private static InferenceResult result(String device, EventId event, Instant at, String label) {
        return new InferenceResult(
                event,
                new DeviceId(device),
                new SiteId("north"),
                new GatewayId("gw"),
                new StreamId("climate"),
                new ModelName("climate"),
                BUILD,
                BUILD,
                at,
                Optional.of(new Prediction(label, 0.9)),
                Duration.ofMillis(1).toNanos(),
                Optional.empty());
    }
}
