package io.plumbline.fleet.adapter.store;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.CANDIDATE;
import static io.plumbline.fleet.testing.Fleets.MODEL;
import static io.plumbline.fleet.testing.Fleets.T0;
import static io.plumbline.fleet.testing.Fleets.parse;
import static io.plumbline.fleet.testing.Fleets.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.contract.Topics;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.contract.wire.Json;
import io.plumbline.database.Database;
import io.plumbline.fleet.adapter.kafka.KeptTopics;
import io.plumbline.fleet.adapter.kafka.Reconciler;
import io.plumbline.fleet.adapter.kafka.RolloutAnnouncer;
import io.plumbline.fleet.adapter.metrics.FleetMeters;
import io.plumbline.fleet.core.control.ControlPlane;
import io.plumbline.fleet.core.view.FleetObservations;
import io.plumbline.fleet.testing.MutableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The topics say what the store says, whatever became of either. */
class ReconcilerTest extends EitherDatabase {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final MutableClock clock = new MutableClock(T0);
    private final CompactedTopics topics = new CompactedTopics();

    /** What a broker would hold: the newest value of every key, and a log. */
    private static final class CompactedTopics implements KeptTopics {

        private final Map<String, String> assignments = new LinkedHashMap<>();
        private final Map<String, String> policies = new LinkedHashMap<>();
        private final List<RolloutEvent> rollouts = new ArrayList<>();
        private int written;
        private int breaksAfter = Integer.MAX_VALUE;

        @Override
        public void read(String topic, BiConsumer<String, Optional<String>> each) {
            requireUp();
            if (!topic.equals(Topics.ROLLOUTS)) {
                new HashMap<>(table(topic)).forEach((key, value) -> each.accept(key, Optional.of(value)));
            } else {
                rollouts.forEach(event -> each.accept(
                        event.model().value(), Optional.of(new String(Json.encode(event), StandardCharsets.UTF_8))));
            }
        }

        @Override
        public void publish(String topic, List<Entry> entries) {
            var table = table(topic);
            for (var entry : entries) {
                requireUp();
                written++;
                entry.value().ifPresentOrElse(text -> table.put(entry.key(), text), () -> table.remove(entry.key()));
            }
        }

        private Map<String, String> table(String topic) {
            return topic.equals(Topics.POLICIES) ? policies : assignments;
        }

        private void requireUp() {
            if (written >= breaksAfter) {
                throw new IllegalStateException("no broker answers");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aTopicThatWasEmptiedWhileTheServiceWasDownIsWholeAgainAfterAStart(Kind kind) throws Exception {
        try (var database = empty(kind)) {
            // Given
            var control = rolling(database);
            reconciler(database, control).reconcile();
            announce(database);
            var before = Map.copyOf(topics.assignments);
            var under = topics.rollouts.get(topics.rollouts.size() - 1);

            // When
            topics.assignments.clear();
            topics.rollouts.clear();
            var restarted = control(database);
            reconciler(database, restarted).reconcile();
            announce(database);

            // Then
            assertThat(topics.assignments).isEqualTo(before).isEqualTo(wanted(restarted));
            assertThat(topics.rollouts).containsExactly(under);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whereverTheWayToTheBrokerBreaksTheTopicIsWholeAfterwards(Kind kind) throws Exception {
        for (int breaksAfter = 0; breaksAfter < 4; breaksAfter++) {
            try (var database = empty(kind)) {
                // Given
                topics.assignments.clear();
                topics.assignments.put("gw-stranger", "{}");
                topics.written = 0;
                topics.breaksAfter = breaksAfter;
                var control = rolling(database);
                var reconciler = reconciler(database, control);
                reconciler.reconcile();

                // When the same process goes on, and another one starts
                topics.breaksAfter = Integer.MAX_VALUE;
                clock.advance(MINUTE);
                if (breaksAfter % 2 == 0) {
                    reconciler.reconcile();
                } else {
                    reconciler(database, control(database)).reconcile();
                }

                // Then
                assertThat(topics.assignments).as("broken after " + breaksAfter).isEqualTo(wanted(control));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whatSomebodyElseWroteIsMendedWithinAMinute(Kind kind) throws Exception {
        try (var database = empty(kind)) {
            // Given
            var control = rolling(database);
            var reconciler = reconciler(database, control);
            reconciler.reconcile();
            var written = topics.written;

            // When
            reconciler.reconcile();
            var idle = topics.written;
            topics.assignments.put("gw-stranger", "{}");
            topics.assignments.put("gw-north", "rubbish");
            topics.assignments.remove("gw-south");
            clock.advance(MINUTE);
            reconciler.reconcile();

            // Then
            assertThat(idle).as("nothing is written without a difference").isEqualTo(written);
            assertThat(topics.assignments).isEqualTo(wanted(control));
            assertThat(topics.written).isEqualTo(written + 3);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aChangeIsPublishedAtTheNextLookAndNothingBesideIt(Kind kind) throws Exception {
        try (var database = empty(kind)) {
            // Given
            var control = rolling(database);
            var reconciler = reconciler(database, control);
            reconciler.reconcile();
            var written = topics.written;

            // When
            var other = yaml(BASELINE).replace("south-1", "south-9");
            control.apply(other, parse(other));
            reconciler.reconcile();

            // Then
            assertThat(topics.written).isEqualTo(written + 1);
            assertThat(topics.assignments).isEqualTo(wanted(control));
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whatTheFileSaysOfJudgingAModelIsInTheTopicWhateverBecameOfIt(Kind kind) throws Exception {
        try (var database = empty(kind)) {
            // Given
            var control = rolling(database);
            var file = yaml(BASELINE) + "drift: {clipFloor: 0.2}\nrecalibration: {cooldown: P1D}\n";
            var own = file.replace("climate-event: {", "climate-event: {drift: {clipFloor: 0.3}, ");
            var reconciler = reconciler(database, control);

            // When, Then
            control.apply(file, parse(file));
            reconciler.reconcile();
            assertThat(topics.policies)
                    .containsExactly(
                            Map.entry(
                                    "climate-event",
                                    "{\"model\":\"climate-event\",\"settings\":{\"clip-floor\":\"0.2\",\"cooldown\":\"PT24H\"}}"));

            topics.policies.put("climate-event", "rubbish");
            topics.policies.put("a-stranger", "{}");
            control.apply(own, parse(own));
            var restarted = control(database);
            reconciler(database, restarted).reconcile();
            assertThat(topics.policies)
                    .containsExactly(
                            Map.entry(
                                    "climate-event",
                                    "{\"model\":\"climate-event\",\"settings\":{\"clip-floor\":\"0.3\",\"cooldown\":\"PT24H\"}}"));

            restarted.apply(yaml(BASELINE), parse(yaml(BASELINE)));
            reconciler(database, restarted).reconcile();
            assertThat(topics.policies).as("nothing is said any more").isEmpty();
        }
    }

    private ControlPlane rolling(Database database) throws Exception {
        var control = control(database);
        control.apply(yaml(BASELINE), parse(yaml(BASELINE)));
        control.start(MODEL, CANDIDATE, "asked");
        control.look();
        return control;
    }

    private void announce(Database database) {
        new RolloutAnnouncer(new SqlHistory(database), topics.rollouts::add, new FleetMeters(new SimpleMeterRegistry()))
                .announce();
    }

    private Reconciler reconciler(Database database, ControlPlane control) {
        return new Reconciler(control::state, topics, new SqlHistory(database), clock);
    }

    private static Map<String, String> wanted(ControlPlane control) {
        var all = new HashMap<String, String>();
        control.state()
                .assigned()
                .forEach((gateway, assignment) ->
                        all.put(gateway.value(), new String(Json.encode(assignment), StandardCharsets.UTF_8)));
        return all;
    }

    private ControlPlane control(Database database) {
        return new ControlPlane(
                new SqlFleetStore(database), new FleetObservations(Duration.ofSeconds(10)), change -> {}, clock);
    }
}
