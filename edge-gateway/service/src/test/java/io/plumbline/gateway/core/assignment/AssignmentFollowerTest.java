package io.plumbline.gateway.core.assignment;

import static io.plumbline.gateway.core.assignment.FollowerBench.assignment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contract.fleet.CameraSource;
import io.plumbline.contract.fleet.Neighbours;
import io.plumbline.contract.fleet.PayloadLayout;
import io.plumbline.contract.fleet.StreamAssignment;
import io.plumbline.contract.fleet.Subscription;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.gateway.core.slots.Slots;
import io.plumbline.gateway.testing.CountingSlots;
import io.plumbline.gateway.testing.FakeBuilds;
import io.plumbline.gateway.testing.FakeModel;
import io.plumbline.gateway.testing.Motes;
import io.plumbline.gateway.testing.MutableClock;
import io.plumbline.gateway.testing.RecordedStreams;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AssignmentFollowerTest {

    private final FollowerBench bench = new FollowerBench();
    private final MutableClock clock = bench.clock;
    private final FollowerBench.ControlPlane controlPlane = bench.controlPlane;
    private final FollowerBench.Store store = bench.store;
    private final FakeBuilds builds = bench.builds;
    private final CountingSlots metrics = bench.metrics;
    private final RecordedStreams running = bench.running;
    private final AssignmentFollower follower = bench.follower;

    @Test
    void bringsAnAssignmentIntoForceAndKeepsIt() throws Exception {
        // Given
        controlPlane.assign(assignment(3, Motes.stream("one")));

        // When
        follower.step();

        // Then
        assertThat(follower.generation()).isEqualTo(3);
        assertThat(running.build(Motes.CLIMATE)).isEqualTo(FakeModel.digest("one"));
        assertThat(running.events()).singleElement().isInstanceOf(GatewayEvent.BuildActivated.class);
        bench.proveItself();
        assertThat(store.good()).contains(3L);
        assertThat(metrics.proven).containsExactly(3L);
    }

    @Test
    void refusesAnOlderGenerationAndCountsIt() throws Exception {
        // Given
        controlPlane.assign(assignment(3, Motes.stream("one")));
        follower.step();
        controlPlane.assign(assignment(2, Motes.stream("two")));

        // When
        follower.step();

        // Then
        assertThat(follower.generation()).isEqualTo(3);
        assertThat(running.build(Motes.CLIMATE)).isEqualTo(FakeModel.digest("one"));
        assertThat(metrics.older).containsExactly(2L);
    }

    @Test
    void refusesAnOlderGenerationAfterARestartToo() throws Exception {
        // Given
        controlPlane.assign(assignment(3, Motes.stream("one")));
        follower.step();
        bench.proveItself();
        var restarted = bench.restarted();
        controlPlane.assign(assignment(2, Motes.stream("two")));

        // When
        restarted.step();

        // Then
        assertThat(restarted.generation()).isEqualTo(3);
        assertThat(metrics.older).containsExactly(2L);
    }

    @Test
    void aNewerGenerationMayAskForAnOlderBuild() throws Exception {
        // Given
        controlPlane.assign(assignment(3, Motes.stream("one")));
        follower.step();
        controlPlane.assign(assignment(4, Motes.stream("two")));
        follower.step();

        // When
        controlPlane.assign(assignment(5, Motes.stream("one")));
        follower.step();

        // Then
        assertThat(running.build(Motes.CLIMATE)).isEqualTo(FakeModel.digest("one"));
    }

    @Test
    void aBuildThatIsUnfitLeavesTheOldOneAndIsToldOncePerReason() throws Exception {
        // Given
        controlPlane.assign(assignment(1, Motes.stream("one")));
        follower.step();
        bench.proveItself();
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
        assertThat(store.good()).contains(1L);
        assertThat(store.load().trial()).isEmpty();
        assertThat(running.refusals()).containsExactly("nobody signed it", "self-test");
    }

    @Test
    void aRegistryThatDoesNotAnswerIsHeldAgainstNoBuild() throws Exception {
        // Given
        controlPlane.assign(assignment(1, Motes.stream("one")));
        builds.away = true;
        follower.step();
        assertThat(running.refusals()).isEmpty();
        assertThat(follower.lack()).contains("the registry does not answer");
        assertThat(metrics.unavailable).containsExactly("the registry does not answer");

        // When
        builds.away = false;
        clock.advance(Duration.ofSeconds(2));
        follower.step();

        // Then
        assertThat(follower.generation()).isEqualTo(1);
        assertThat(follower.lack()).isEmpty();
        assertThat(running.refusals()).isEmpty();
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
        var assignment = assignment(7, Motes.stream("one"));
        store.save(Slots.EMPTY.accept(assignment).proven(assignment));
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
    void aPayloadThatDoesNotFitTheModelIsRefusedAndTheStreamGoesOnAsBefore() throws Exception {
        // Given
        controlPlane.assign(assignment(1, Motes.stream("one")));
        follower.step();
        var layout = new PayloadLayout(
                PayloadLayout.Codec.CBOR,
                List.of(PayloadLayout.Field.of("humidty", "/rh")),
                Optional.empty(),
                Optional.empty());

        // When
        controlPlane.assign(assignment(2, Motes.stream("one", layout)));
        follower.step();

        // Then
        assertThat(running.refusals()).singleElement().asString().contains("'humidty' is no feature of the model");
        assertThat(running.running().get(Motes.CLIMATE).payload()).isEmpty();
    }

    @Test
    void aWindowOfReadingsThatGoToAnyGatewayIsRefused() throws Exception {
        // Given
        var share = Optional.of(new Subscription(1, Optional.of("gateways")));
        controlPlane.assign(assignment(1, Motes.stream("one")));
        follower.step();

        // When
        controlPlane.assign(assignment(2, Motes.beside(Neighbours.NOTHING, share)));
        follower.step();

        // Then
        assertThat(running.refusals()).singleElement().asString().contains("leave share out");
        assertThat(running.running().get(Motes.CLIMATE).subscription()).isEmpty();
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
        assertThat(running.running()).containsOnlyKeys(new StreamId("other"));
        assertThat(running.running().get(new StreamId("other")).topic()).isEqualTo("c/{device}");
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

    @Test
    void sourcesOfCameraFramesForAModelOfSensorsAreRefusedLikeAnUnfitBuild() throws Exception {
        // Given
        var source = new CameraSource(new DeviceId("north-1"), Optional.of("/var/spool/cam"), Optional.empty(), false);
        controlPlane.assign(assignment(1, stream("climate", "one", "a/{device}", Optional.of(List.of(source)))));

        // When
        follower.step();

        // Then
        assertThat(running.refusals()).singleElement().asString().contains("leave sources out");
        assertThat(follower.generation()).isEqualTo(-1);
    }

    private static StreamAssignment stream(String name, String build, String topic) {
        return stream(name, build, topic, Optional.empty());
    }

    private static StreamAssignment stream(
            String name, String build, String topic, Optional<List<CameraSource>> sources) {
        return new StreamAssignment(
                new StreamId(name),
                topic,
                List.of(new DeviceId("north-1")),
                new ModelName("climate-event"),
                FakeModel.digest(build),
                0,
                Duration.ofMinutes(5),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                sources);
    }
}
