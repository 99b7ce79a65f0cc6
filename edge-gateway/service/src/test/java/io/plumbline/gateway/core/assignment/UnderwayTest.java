package io.plumbline.gateway.core.assignment;

import static io.plumbline.gateway.core.assignment.FollowerBench.assignment;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.fleet.Rehearsal;
import io.plumbline.contract.message.BuildStep;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.gateway.testing.FakeModel;
import io.plumbline.gateway.testing.Motes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How far a build is that is to run and does not yet. */
class UnderwayTest {

    private final FollowerBench bench = new FollowerBench();
    private final AssignmentFollower follower = bench.follower;

    @Test
    void isToldFromItsFirstByteUntilItRuns() throws Exception {
        // Given
        bench.builds.away = true;
        bench.controlPlane.assign(assignment(1, Motes.stream("new")));

        // When
        follower.step();

        // Then
        assertThat(steps()).containsExactly(BuildStep.DOWNLOADING);
        assertThat(follower.underway())
                .extracting(GatewayEvent.Underway::build)
                .containsExactly(FakeModel.digest("new"));

        // When
        var seen = new ArrayList<BuildStep>();
        bench.builds.away = false;
        bench.builds.beforeLoad = () -> seen.addAll(steps());
        bench.clock.advance(Duration.ofMinutes(5));
        follower.step();

        // Then
        assertThat(seen).containsExactly(BuildStep.STAGED);
        assertThat(steps()).isEmpty();
    }

    @Test
    void isInShadowWhileItRehearsesAndNotUnderWayAfterwards() throws Exception {
        // Given
        var rehearsal = new Rehearsal(10, 0.9, Duration.ofMinutes(10));
        bench.controlPlane.assign(assignment(1, Motes.stream("good").withRehearsal(rehearsal)));
        follower.step();
        bench.proveItself();

        // When
        bench.controlPlane.assign(assignment(2, Motes.stream("new").withRehearsal(rehearsal)));
        follower.step();
        follower.step();

        // Then
        assertThat(steps()).containsExactly(BuildStep.SHADOW);

        // When it sees nothing
        bench.clock.advance(rehearsal.within());
        follower.step();

        // Then
        assertThat(bench.running.refusals()).hasSize(1);
        assertThat(steps()).isEmpty();
    }

    @Test
    void whatIsUnfitOrNotAskedForAnyMoreIsNotUnderWay() throws Exception {
        // Given
        bench.builds.unfit.put(FakeModel.digest("bad"), "the signature is by nobody we trust");

        // When
        bench.controlPlane.assign(assignment(1, Motes.stream("bad")));
        follower.step();
        bench.clock.advance(Duration.ofMinutes(5));
        follower.step();

        // Then
        assertThat(steps()).isEmpty();

        // When
        bench.builds.away = true;
        bench.controlPlane.assign(assignment(2, Motes.stream("one")));
        follower.step();
        bench.controlPlane.assign(assignment(3, Motes.stream("other")));
        follower.step();

        // Then
        assertThat(follower.underway())
                .extracting(GatewayEvent.Underway::build)
                .containsExactly(FakeModel.digest("other"));
    }

    private List<BuildStep> steps() {
        return follower.underway().stream().map(GatewayEvent.Underway::step).toList();
    }
}
