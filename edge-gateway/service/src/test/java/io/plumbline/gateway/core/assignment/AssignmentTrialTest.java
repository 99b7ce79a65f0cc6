package io.plumbline.gateway.core.assignment;

import static io.plumbline.gateway.core.assignment.FollowerBench.assignment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.gateway.testing.CountingSlots;
import io.plumbline.gateway.testing.FakeBuilds;
import io.plumbline.gateway.testing.FakeModel;
import io.plumbline.gateway.testing.Motes;
import io.plumbline.gateway.testing.RecordedStreams;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is said on disk while a build is tried, and what a start makes of it. */
class AssignmentTrialTest {

    private final FollowerBench bench = new FollowerBench();
    private final FollowerBench.ControlPlane controlPlane = bench.controlPlane;
    private final FollowerBench.Store store = bench.store;
    private final FakeBuilds builds = bench.builds;
    private final CountingSlots metrics = bench.metrics;
    private final RecordedStreams running = bench.running;
    private final AssignmentFollower follower = bench.follower;

    @Test
    void saysOnDiskThatItTriesABuildBeforeItLoadsIt() throws Exception {
        // Given
        controlPlane.assign(assignment(1, Motes.stream("one")));
        builds.beforeLoad =
                () -> assertThat(store.load().trial().orElseThrow().builds()).containsExactly(FakeModel.digest("one"));

        // When
        follower.step();

        // Then
        assertThat(builds.loads).isEqualTo(1);
        assertThat(builds.retained).contains(FakeModel.digest("one"));
    }

    @Test
    void aBuildUnderWhichTheProcessEndedGivesWayToTheLastGoodOneOfflineAndIsReported() throws Exception {
        // Given
        bench.tryAfter("good", "deadly");
        assertThat(running.build(Motes.CLIMATE)).isEqualTo(FakeModel.digest("deadly"));
        controlPlane.away = true;

        // When
        var restarted = bench.restarted();
        assertThatThrownBy(restarted::step).isInstanceOf(IOException.class);

        // Then
        assertThat(running.build(Motes.CLIMATE)).isEqualTo(FakeModel.digest("good"));
        assertThat(running.refusals()).singleElement().asString().startsWith("the gateway ended without notice");
        assertThat(metrics.crashed).containsExactly(FakeModel.digest("deadly"));
        assertThat(restarted.generation()).isEqualTo(1);
    }

    @Test
    void aCondemnedBuildIsNotTriedAgainBeforeANewerAssignmentAsksForIt() throws Exception {
        // Given
        bench.tryAfter("good", "deadly");
        bench.restarted();
        var again = bench.restarted();

        // When
        again.step();
        assertThat(running.build(Motes.CLIMATE)).isEqualTo(FakeModel.digest("good"));
        controlPlane.assign(assignment(3, Motes.stream("deadly")));
        again.step();

        // Then
        assertThat(running.build(Motes.CLIMATE)).isEqualTo(FakeModel.digest("deadly"));
        assertThat(again.generation()).isEqualTo(3);
        assertThat(running.refusals()).hasSize(1);
    }

    @Test
    void anOrderlyStopHoldsNothingAgainstTheBuildThatWasBeingTried() throws Exception {
        // Given
        bench.tryAfter("good", "new");
        follower.pause();
        controlPlane.away = true;

        // When
        var restarted = bench.restarted();
        assertThatThrownBy(restarted::step).isInstanceOf(IOException.class);

        // Then
        assertThat(running.build(Motes.CLIMATE)).isEqualTo(FakeModel.digest("new"));
        assertThat(running.refusals()).isEmpty();
        assertThat(restarted.generation()).isEqualTo(2);
    }

    @Test
    void aStopInTheMiddleOfALongLoadHoldsNothingAgainstTheBuild() throws Exception {
        // Given
        controlPlane.assign(assignment(1, Motes.stream("slow")));
        builds.beforeLoad = () -> {
            try {
                // When
                follower.pause();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            assertThat(store.load().crashed()).isFalse();
        };
        follower.step();

        // Then
        assertThat(builds.loads).isEqualTo(1);
        assertThat(store.load().trial()).isPresent();
        assertThat(store.load().crashed()).isFalse();
    }

    @Test
    void aStopThatInterruptsTheSaveOfATrialHoldsNothingAgainstTheBuild() throws Exception {
        // Given
        controlPlane.assign(assignment(1, Motes.stream("one")));
        follower.step();
        bench.proveItself();
        controlPlane.assign(assignment(2, Motes.stream("two")));
        store.interruptedAfterTrying = Optional.of(FakeModel.digest("two"));

        // When
        assertThatThrownBy(follower::step).isInstanceOf(ClosedByInterruptException.class);
        assertThat(store.load().crashed()).isTrue();
        follower.pause();

        // Then
        assertThat(store.load().crashed()).isFalse();
    }
}
