package io.plumbline.gateway.core.assignment;

import static io.plumbline.gateway.core.assignment.FollowerBench.assignment;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.fleet.Rehearsal;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.gateway.testing.FakeModel;
import io.plumbline.gateway.testing.Motes;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a gateway does with builds that the trust root takes back. */
class TakenBackTest {

    private final FollowerBench bench = new FollowerBench();

    @Test
    void theLastGoodBuildTakesOverFromOneThatIsRevokedWhileItIsTried() throws Exception {
        // Given
        bench.tryAfter("good", "bad");
        assertThat(bench.follower.generation()).isEqualTo(2);

        // When
        takeBack("bad");
        bench.follower.step();

        // Then
        assertRuns("good");
        assertThat(bench.running.refusals()).containsExactly("bad is revoked");
        assertThat(bench.follower.generation()).isEqualTo(1);
        assertThat(bench.follower.unwanted()).isEmpty();

        // When
        bench.proveItself();
        bench.restarted().step();

        // Then
        assertRuns("good");
        assertThat(bench.store.good()).contains(1L);
        assertThat(bench.metrics.crashed).isEmpty();
    }

    @Test
    void aBuildThatIsNoLongerTakenBackRunsWithoutANewAssignment() throws Exception {
        // Given
        bench.tryAfter("good", "bad");
        takeBack("bad");
        bench.follower.step();

        // When
        bench.builds.takenBack.clear();
        bench.follower.step();

        // Then
        assertRuns("bad");
        assertThat(bench.follower.generation()).isEqualTo(2);
    }

    @Test
    void whatRunsGoesOnWhereARevokedBuildIsAssigned() throws Exception {
        // Given
        bench.controlPlane.assign(assignment(1, Motes.stream("good")));
        bench.follower.step();
        takeBack("bad");

        // When
        bench.controlPlane.assign(assignment(2, Motes.stream("bad")));
        bench.follower.step();

        // Then
        assertRuns("good");
        assertThat(bench.running.refusals()).containsExactly("bad is revoked");
        assertThat(bench.builds.loads).isEqualTo(1);
    }

    @Test
    void withNothingElseTheRevokedBuildAnswersOnAndThatIsSaidAtEveryStartAndAssignment() throws Exception {
        // Given
        bench.controlPlane.assign(assignment(1, Motes.stream("bad")));
        bench.follower.step();
        bench.proveItself();

        // When
        takeBack("bad");
        bench.follower.step();
        bench.follower.step();

        // Then
        var because = "bad is revoked; it answers on, because this gateway has no other build for that stream";
        assertRuns("bad");
        assertThat(bench.running.refusals()).containsExactly(because);
        assertThat(bench.follower.unwanted()).containsExactly("stream climate: bad is revoked");

        // When
        bench.controlPlane.away = true;
        var restarted = bench.restarted();

        // Then
        assertRuns("bad");
        assertThat(bench.running.refusals()).containsExactly(because, because);
        assertThat(bench.running.events()).last().isInstanceOf(GatewayEvent.BuildRefused.class);
        assertThat(restarted.unwanted()).hasSize(1);

        // When
        bench.controlPlane.away = false;
        bench.controlPlane.assign(assignment(2, Motes.stream("bad")));
        restarted.step();
        bench.controlPlane.assign(assignment(3, Motes.stream("better")));
        restarted.step();

        // Then
        assertThat(bench.running.refusals()).containsExactly(because, because, because);
        assertRuns("better");
        assertThat(restarted.unwanted()).isEmpty();
        assertThat(restarted.generation()).isEqualTo(3);
    }

    @Test
    void aRevokedBuildThatNeverRanHereDoesNotThoughThereIsNoOther() throws Exception {
        // Given
        takeBack("bad");

        // When
        bench.controlPlane.assign(assignment(1, Motes.stream("bad")));
        bench.follower.step();

        // Then
        assertThat(bench.running.running()).isEmpty();
        assertThat(bench.running.refusals()).containsExactly("bad is revoked");
        assertThat(bench.follower.generation()).isEqualTo(-1);
    }

    @Test
    void aRehearsalEndsWhenItsBuildIsRevoked() throws Exception {
        // Given
        bench.controlPlane.assign(assignment(1, Motes.stream("good")));
        bench.follower.step();
        bench.proveItself();
        bench.controlPlane.assign(
                assignment(2, Motes.stream("bad").withRehearsal(new Rehearsal(10, 0.9, Duration.ofMinutes(10)))));
        bench.follower.step();
        assertThat(bench.running.candidate(Motes.CLIMATE)).isPresent();

        // When
        takeBack("bad");
        bench.follower.step();

        // Then
        assertThat(bench.running.candidate(Motes.CLIMATE)).isEmpty();
        assertRuns("good");
        assertThat(bench.store.load().trial()).isEmpty();
    }

    private void takeBack(String build) {
        bench.builds.takenBack.put(FakeModel.digest(build), build + " is revoked");
    }

    private void assertRuns(String build) {
        assertThat(bench.running.build(Motes.CLIMATE)).isEqualTo(FakeModel.digest(build));
    }
}
