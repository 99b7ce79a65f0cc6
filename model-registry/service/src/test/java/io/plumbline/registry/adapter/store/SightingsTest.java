package io.plumbline.registry.adapter.store;

import static io.plumbline.registry.core.job.Fixtures.CANDIDATE;
import static io.plumbline.registry.core.job.Fixtures.G1;
import static io.plumbline.registry.core.job.Fixtures.G2;
import static io.plumbline.registry.core.job.Fixtures.NORTH;
import static io.plumbline.registry.core.job.Fixtures.STALE;
import static io.plumbline.registry.core.job.Fixtures.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.plumbline.contract.artifact.Sighting;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.GatewayCounters;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.database.Database;
import io.plumbline.registry.core.sighting.Sightings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SightingsTest extends EitherDatabase {

    private static final ModelName MODEL = new ModelName("m");

    private Instant now = T0;

    @ParameterizedTest
    @EnumSource(Kind.class)
    void saysWhatRanOnAGatewayAtAnyTimeAlsoAfterARestart(Kind kind) throws Exception {
        // Given
        try (var database = empty(kind)) {
            var sightings = sightings(database);
            sightings.hear(heartbeat(G1, STALE, STALE));
            now = T0.plus(Duration.ofHours(1));
            sightings.hear(heartbeat(G1, STALE, STALE));
            now = T0.plus(Duration.ofHours(2));
            sightings.hear(heartbeat(G1, CANDIDATE, STALE));
        }
        try (var database = open()) {
            // When
            var store = new SqlSightingStore(database);
            sightings(database);
            // Then
            assertThat(store.at(G1, T0.minusMillis(1))).isEmpty();
            assertThat(store.at(G1, T0.plusSeconds(60)))
                    .extracting(Sighting::build, Sighting::current)
                    .containsExactly(tuple(STALE, false), tuple(STALE, true));
            assertThat(store.at(G1, T0.plus(Duration.ofHours(3))))
                    .extracting(Sighting::build)
                    .containsExactly(CANDIDATE, STALE);
            assertThat(store.at(G2, now)).isEmpty();
            assertThat(store.between(G1, T0.minusSeconds(60), T0)).isEmpty();
            assertThat(store.between(G1, T0.minusSeconds(60), T0.plusSeconds(1)))
                    .extracting(Sighting::build, Sighting::current)
                    .containsExactly(tuple(STALE, false), tuple(STALE, true));
            assertThat(store.between(G1, T0, T0.plus(Duration.ofDays(1))))
                    .extracting(Sighting::build)
                    .containsExactly(STALE, CANDIDATE, STALE);
            assertThat(store.between(G1, T0.plus(Duration.ofHours(3)), T0.plus(Duration.ofDays(1))))
                    .extracting(Sighting::build)
                    .containsExactly(CANDIDATE, STALE);
            assertThat(store.of(CANDIDATE))
                    .containsExactly(new Sighting(G1, NORTH, stream(0), MODEL, CANDIDATE, now, now, true));
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aStreamThatWasTakenAwayIsNotToldToRunAfterwards(Kind kind) throws Exception {
        try (var database = empty(kind)) {
            // Given
            var sightings = sightings(database);
            sightings.hear(heartbeat(G1, STALE, STALE));
            // When
            now = T0.plus(Duration.ofHours(1));
            sightings.hear(heartbeat(G1, STALE));
            // Then
            var store = new SqlSightingStore(database);
            assertThat(store.at(G1, T0.plusSeconds(3599))).hasSize(2);
            assertThat(store.at(G1, T0.plus(Duration.ofDays(15))))
                    .extracting(Sighting::stream)
                    .containsExactly(stream(0));
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aGatewaysLastWordCountsUntilItSaysSomethingElse(Kind kind) throws Exception {
        try (var database = empty(kind)) {
            // Given
            sightings(database).hear(heartbeat(G1, STALE, STALE));
            now = T0.plus(Duration.ofDays(30));
            // When
            var restarted = sightings(database);
            // Then
            assertThat(restarted.use(MODEL, STALE))
                    .contains(
                            "gateway g1 runs it, last heard at 2026-01-01T00:00:00Z; assign another build there first,"
                                    + " or, if it is gone for good, plumbline model forget g1");
            restarted.hear(heartbeat(G1, CANDIDATE));
            assertThat(restarted.use(MODEL, STALE)).isEmpty();
            assertThat(restarted.use(MODEL, CANDIDATE)).isPresent();
            assertThat(sightings(database).use(MODEL, STALE)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aGatewayThatIsGoneForGoodHoldsItsBuildUntilItIsForgotten(Kind kind) throws Exception {
        try (var database = empty(kind)) {
            // Given
            var sightings = sightings(database);
            sightings.hear(heartbeat(G1, STALE));
            // When
            now = T0.plus(Duration.ofMinutes(15)).minusMillis(1);
            assertThatThrownBy(() -> sightings.forget(G1))
                    .hasMessage(
                            "gateway g1 was heard at 2026-01-01T00:00:00Z and is not gone: who is to be forgotten must be silent for 15"
                                    + " minutes");
            now = T0.plus(Duration.ofDays(30));
            var ended = sightings.forget(G1);
            // Then
            assertThat(ended).extracting(Sighting::build, Sighting::until).containsExactly(tuple(STALE, T0));
            assertThat(sightings.use(MODEL, STALE)).isEmpty();
            assertThat(sightings(database).use(MODEL, STALE))
                    .as("after a restart")
                    .isEmpty();
            assertThat(new SqlSightingStore(database).of(STALE))
                    .as("what it ran stays known")
                    .hasSize(1);
            assertThat(sightings.forget(G1)).isEmpty();
            sightings.hear(heartbeat(G1, STALE));
            assertThat(sightings.use(MODEL, STALE)).as("it came back").isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void goingOnIsWrittenOnlyNowAndThen(Kind kind) throws Exception {
        try (var database = empty(kind)) {
            var sightings = sightings(database);
            var store = new SqlSightingStore(database);
            sightings.hear(heartbeat(G1, STALE));
            now = T0.plus(Duration.ofMinutes(5));
            sightings.hear(heartbeat(G1, STALE));
            assertThat(store.of(STALE)).extracting(Sighting::until).containsExactly(T0);
            now = now.plusSeconds(1);
            sightings.hear(heartbeat(G1, STALE));
            assertThat(store.of(STALE)).extracting(Sighting::until).containsExactly(now);
            assertThat(store.of(STALE)).extracting(Sighting::from).containsExactly(T0);
        }
    }

    private Sightings sightings(Database database) {
        return new Sightings(new SqlSightingStore(database), () -> now);
    }

    private static StreamId stream(int number) {
        return new StreamId("s-" + number);
    }

    private static GatewayEvent heartbeat(GatewayId gateway, Digest... builds) {
        List<GatewayEvent.RunningStream> streams = new ArrayList<>();
        Arrays.stream(builds)
                .forEach(build -> streams.add(new GatewayEvent.RunningStream(stream(streams.size()), MODEL, build)));
        return new GatewayEvent.Heartbeat(gateway, NORTH, T0, 1, streams, new GatewayCounters(0, 0, 0, 0, 0));
    }
}
