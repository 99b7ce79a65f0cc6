package io.plumbline.gateway.core.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.fleet.StreamAssignment;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.gateway.testing.FakeModel;
import io.plumbline.gateway.testing.Motes;
import io.plumbline.gateway.testing.MutableClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AssignmentFollowerTest {

    private final MutableClock clock = new MutableClock();
    private final ControlPlane controlPlane = new ControlPlane();
    private final Store store = new Store();
    private final Builds builds = new Builds();
    private final Running running = new Running();
    private final AssignmentFollower follower = new AssignmentFollower(
            new Self(new GatewayId("gw-north"), new SiteId("north"), clock), controlPlane, store, builds, running);

    @Test
    void bringsAnAssignmentIntoForceAndKeepsIt() throws Exception {
        // Given
        controlPlane.assign(assignment(3, Motes.stream("one")));

        // When
        follower.step();

        // Then
        assertThat(follower.generation()).isEqualTo(3);
        assertThat(running.build(Motes.CLIMATE)).isEqualTo(FakeModel.digest("one"));
        assertThat(running.events).singleElement().isInstanceOf(GatewayEvent.BuildActivated.class);
        assertThat(store.load()).map(Assignment::generation).contains(3L);
    }

    @Test
    void ignoresAnOlderGeneration() throws Exception {
        // Given
        controlPlane.assign(assignment(3, Motes.stream("one")));
        follower.step();
        controlPlane.assign(assignment(2, Motes.stream("two")));

        // When
        follower.step();

        // Then
        assertThat(follower.generation()).isEqualTo(3);
        assertThat(running.build(Motes.CLIMATE)).isEqualTo(FakeModel.digest("one"));
    }

    @Test
    void aBuildThatIsUnfitLeavesTheOldOneAndIsToldOncePerReason() throws Exception {
        // Given
        controlPlane.assign(assignment(1, Motes.stream("one")));
        follower.step();
        builds.unfit.put(FakeModel.digest("bad"), "nobody signed it");
        controlPlane.assign(assignment(2, Motes.stream("bad")));

        // When
        for (int i = 0; i < 6; i++) {
            follower.step();
            clock.advance(Duration.ofSeconds(40));
        }
        builds.unfit.put(FakeModel.digest("bad"), "self-test");
        follower.step();

        // Then
        assertThat(running.build(Motes.CLIMATE)).isEqualTo(FakeModel.digest("one"));
        assertThat(follower.generation()).isEqualTo(1);
        assertThat(store.load()).map(Assignment::generation).contains(1L);
        assertThat(running.refusals()).containsExactly("nobody signed it", "self-test");
    }

    @Test
    void triesAgainLaterAndLater() throws Exception {
        // Given
        builds.unfit.put(FakeModel.digest("one"), "the registry does not answer");
        controlPlane.assign(assignment(1, Motes.stream("one")));

        // When
        var attempts = new ArrayList<Integer>();
        for (int second = 0; second < 16; second++) {
            follower.step();
            attempts.add(builds.loads);
            clock.advance(Duration.ofSeconds(1));
        }

        // Then
        assertThat(attempts).containsExactly(1, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 5);
        builds.unfit.clear();
        clock.advance(Duration.ofSeconds(30));
        follower.step();
        assertThat(follower.generation()).isEqualTo(1);
    }

    @Test
    void startsWithTheLastGoodAssignmentWhenTheControlPlaneIsAway() throws Exception {
        // Given
        store.save(assignment(7, Motes.stream("one")));
        controlPlane.away = true;

        // When
        follower.resume();

        // Then
        assertThat(follower.generation()).isEqualTo(7);
        assertThatThrownBy(follower::step).isInstanceOf(IOException.class);
        assertThat(running.build(Motes.CLIMATE)).isEqualTo(FakeModel.digest("one"));
    }

    @Test
    void pursuesWhatItWasToldEvenWhenTheControlPlaneGoesAway() throws Exception {
        // Given
        builds.unfit.put(FakeModel.digest("one"), "the registry does not answer");
        controlPlane.assign(assignment(1, Motes.stream("one")));
        follower.step();
        builds.unfit.clear();
        controlPlane.away = true;
        clock.advance(Duration.ofSeconds(2));

        // When
        assertThatThrownBy(follower::step).isInstanceOf(IOException.class);

        // Then
        assertThat(follower.generation()).isEqualTo(1);
    }

    @Test
    void otherSettingsNeedNoOtherModelAndARemovedStreamEnds() throws Exception {
        // Given
        var other = stream("other", "one", "b/{device}");
        controlPlane.assign(assignment(1, Motes.stream("one"), other));
        follower.step();

        // When
        controlPlane.assign(assignment(2, stream("other", "one", "c/{device}")));
        follower.step();

        // Then
        assertThat(builds.loads).isEqualTo(2);
        assertThat(running.streams).containsOnlyKeys(new StreamId("other"));
        assertThat(running.streams.get(new StreamId("other")).topic()).isEqualTo("c/{device}");
        assertThat(follower.generation()).isEqualTo(2);
    }

    @Test
    void aTopicThatIsNoneIsRefusedLikeAnUnfitBuild() throws Exception {
        // Given
        controlPlane.assign(assignment(1, stream("climate", "one", "no/device")));

        // When
        follower.step();

        // Then
        assertThat(running.refusals()).singleElement().asString().contains("exactly one level {device}");
        assertThat(follower.generation()).isEqualTo(-1);
    }

    private static StreamAssignment stream(String name, String build, String topic) {
        return new StreamAssignment(
                new StreamId(name),
                topic,
                List.of(new DeviceId("north-1")),
                new ModelName("climate-event"),
                FakeModel.digest(build),
                0,
                Duration.ofMinutes(5),
                Optional.empty());
    }

    private static Assignment assignment(long generation, StreamAssignment... streams) {
        return new Assignment(new GatewayId("gw-north"), new SiteId("north"), generation, List.of(streams));
    }

    private static final class ControlPlane implements AssignmentSource {
        private Optional<Assignment> now = Optional.empty();
        private boolean away;

        private void assign(Assignment assignment) {
            now = Optional.of(assignment);
        }

        @Override
        public Optional<Assignment> next(long known, Duration wait) throws IOException {
            if (away) {
                throw new IOException("away");
            }
            return now.filter(assignment -> assignment.generation() != known);
        }
    }

    private static final class Store implements AssignmentStore {
        private Optional<Assignment> kept = Optional.empty();

        @Override
        public void save(Assignment assignment) {
            kept = Optional.of(assignment);
        }

        @Override
        public Optional<Assignment> load() {
            return kept;
        }
    }

    private static final class Builds implements BuildSource {
        private final Map<Digest, String> unfit = new HashMap<>();
        private int loads;

        @Override
        public Build load(ModelName model, Digest build) throws UnfitBuildException {
            loads++;
            var because = unfit.get(build);
            if (because != null) {
                throw new UnfitBuildException(because);
            }
            return FakeModel.build("one");
        }
    }

    private static final class Running implements Streams {
        private final Map<StreamId, StreamAssignment> streams = new LinkedHashMap<>();
        private final List<GatewayEvent> events = new ArrayList<>();

        private Digest build(StreamId stream) {
            return streams.get(stream).build();
        }

        private List<String> refusals() {
            return events.stream()
                    .filter(GatewayEvent.BuildRefused.class::isInstance)
                    .map(event -> ((GatewayEvent.BuildRefused) event).because())
                    .toList();
        }

        @Override
        public Map<StreamId, StreamAssignment> running() {
            return Map.copyOf(streams);
        }

        @Override
        public void activate(StreamAssignment stream, Build build, GatewayEvent event) {
            streams.put(stream.stream(), stream);
            events.add(event);
        }

        @Override
        public void adjust(StreamAssignment stream) {
            streams.put(stream.stream(), stream);
        }

        @Override
        public void remove(StreamId stream) {
            streams.remove(stream);
        }

        @Override
        public void report(GatewayEvent event) {
            events.add(event);
        }
    }
}
