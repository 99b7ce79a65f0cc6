package io.plumbline.gateway.core.assignment;

import static io.plumbline.gateway.core.assignment.FollowerBench.assignment;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.fleet.Rehearsal;
import io.plumbline.contract.fleet.StreamAssignment;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.ClassAgreement;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.message.RehearsalScore;
import io.plumbline.gateway.core.build.Candidate;
import io.plumbline.gateway.testing.FakeModel;
import io.plumbline.gateway.testing.Motes;
import io.plumbline.gateway.testing.RecordedStreams;
import io.plumbline.inference.Tensor;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A build that has not proved itself answers beside the one that it is to replace. */
class RehearsalTest {

    private static final Rehearsal TEN = new Rehearsal(10, 0.9, Duration.ofMinutes(10));

    private final FollowerBench bench = new FollowerBench();
    private final RecordedStreams running = bench.running;
    private final AssignmentFollower follower = bench.follower;

    @Test
    void takesOverOnceItHasAgreedAsOftenAsTheBuildThatRuns() throws Exception {
        // Given
        var candidate = rehearse();
        show(candidate, 9, true);
        follower.step();
        assertThat(running.build(Motes.CLIMATE)).isEqualTo(FakeModel.digest("good"));
        assertThat(follower.generation()).isEqualTo(1);

        // When
        show(candidate, 1, true);
        follower.step();

        // Then
        assertThat(running.build(Motes.CLIMATE)).isEqualTo(FakeModel.digest("new"));
        assertThat(follower.generation()).isEqualTo(2);
        assertThat(running.events())
                .last()
                .isInstanceOfSatisfying(
                        GatewayEvent.BuildActivated.class,
                        event -> assertThat(event.rehearsal()).contains(new RehearsalScore(10, 10, 10)));
        assertThat(bench.builds.loads).isEqualTo(2);
        assertThat(((FakeModel) bench.builds.last().model()).closed()).isFalse();
    }

    @Test
    void whatAgreesLessOftenIsRefusedOnceWithTheNumbersAndClosed() throws Exception {
        // Given
        var candidate = rehearse();
        ((FakeModel) bench.builds.last().model()).disagreeing();

        // When
        show(candidate, 10, true);
        follower.step();
        bench.clock.advance(Duration.ofMinutes(5));
        follower.step();

        // Then
        assertThat(running.build(Motes.CLIMATE)).isEqualTo(FakeModel.digest("good"));
        assertThat(running.refusals())
                .singleElement()
                .asString()
                .isEqualTo("of 10 inputs it agreed with FP32 on 0, the build that runs on 10;"
                        + " it has to agree on as many, or on 90.0 %");
        assertThat(((FakeModel) bench.builds.last().model()).closed()).isTrue();
        assertThat(bench.store.load().trial()).isEmpty();
        assertThat(bench.builds.loads).isEqualTo(2);
    }

    @Test
    void aBuildThatIsAsBadAsTheOneThatRunsTakesOver() throws Exception {
        // Given
        var candidate = rehearse();
        ((FakeModel) bench.builds.last().model()).disagreeing();

        // When
        show(candidate, 10, false);
        follower.step();

        // Then
        assertThat(running.build(Motes.CLIMATE)).isEqualTo(FakeModel.digest("new"));
    }

    @Test
    void tooFewInputsInTimeCountAgainstIt() throws Exception {
        // Given
        show(rehearse(), 3, true);

        // When
        bench.clock.advance(TEN.within());
        follower.step();

        // Then
        assertThat(running.build(Motes.CLIMATE)).isEqualTo(FakeModel.digest("good"));
        assertThat(running.refusals()).containsExactly("only 3 of 10 inputs of its rehearsal came within PT10M");
    }

    @Test
    void anInputThatItCannotAnswerEndsIt() throws Exception {
        // Given
        var candidate = rehearse();

        // When
        candidate.show(Tensor.of(new long[] {1, 1, 2}, new float[] {40, 99}), fidelity(true));
        follower.step();

        // Then
        assertThat(running.refusals()).containsExactly("it failed on input 1 of its rehearsal: cannot");
        assertThat(running.candidate(Motes.CLIMATE)).isEmpty();
    }

    @Test
    void anotherAssignmentEndsItAndTheNextMayAskAgain() throws Exception {
        // Given
        rehearse();
        var first = bench.builds.last();

        // When
        bench.controlPlane.assign(assignment(3, stream("good")));
        follower.step();

        // Then
        assertThat(running.candidate(Motes.CLIMATE)).isEmpty();
        assertThat(((FakeModel) first.model()).closed()).isTrue();
        assertThat(bench.store.load().trial()).isEmpty();
        assertThat(follower.generation()).isEqualTo(3);
        bench.controlPlane.assign(assignment(4, stream("new")));
        follower.step();
        assertThat(running.candidate(Motes.CLIMATE)).isPresent();
    }

    @Test
    void aCrashInTheMiddleOfItIsHeldAgainstIt() throws Exception {
        // Given
        rehearse();

        // When
        var restarted = bench.restarted();
        restarted.step();

        // Then
        assertThat(running.build(Motes.CLIMATE)).isEqualTo(FakeModel.digest("good"));
        assertThat(running.refusals()).singleElement().asString().startsWith("the gateway ended without notice");
    }

    @Test
    void whatFailedOnOneStreamIsNotHeldAgainstTheSameBuildOnAnother() throws Exception {
        // Given: the build can be fetched for the second stream only after it failed on the first
        rehearseOnTwoStreams(() -> bench.builds.away = true);
        fail(Motes.CLIMATE);
        bench.builds.away = false;

        // When
        follower.step();
        show(running.candidate(Motes.COMFORT).orElseThrow(), 10, true);
        follower.step();

        // Then
        assertThat(running.build(Motes.CLIMATE)).isEqualTo(FakeModel.digest("good"));
        assertThat(running.build(Motes.COMFORT)).isEqualTo(FakeModel.digest("new"));
        assertThat(running.refusals()).hasSize(1);
    }

    @Test
    void whatFailedOnOneStreamIsStillOnTrialWhereAnotherRehearsesIt() throws Exception {
        // Given
        rehearseOnTwoStreams(() -> {});

        // When
        fail(Motes.CLIMATE);
        follower.step();

        // Then
        assertThat(bench.store.load().trial().orElseThrow().builds()).containsExactly(FakeModel.digest("new"));
        fail(Motes.COMFORT);
        follower.step();
        assertThat(bench.store.load().trial()).isEmpty();
    }

    private void rehearseOnTwoStreams(Runnable beforeLoad) throws Exception {
        bench.controlPlane.assign(assignment(1, stream("good"), comfort("good")));
        follower.step();
        bench.proveItself();
        bench.builds.beforeLoad = beforeLoad;
        bench.controlPlane.assign(assignment(2, stream("new"), comfort("new")));
        follower.step();
    }

    private void fail(StreamId stream) {
        var tooMuch = Tensor.of(new long[] {1, 1, 2}, new float[] {40, 99});
        running.candidate(stream).orElseThrow().show(tooMuch, fidelity(true));
    }

    private static StreamAssignment comfort(String build) {
        return Motes.stream(build, Motes.COMFORT).withRehearsal(TEN);
    }

    private Candidate rehearse() throws Exception {
        bench.controlPlane.assign(assignment(1, stream("good")));
        follower.step();
        bench.proveItself();
        bench.controlPlane.assign(assignment(2, stream("new")));
        follower.step();
        assertThat(running.build(Motes.CLIMATE)).isEqualTo(FakeModel.digest("good"));
        return running.candidate(Motes.CLIMATE).orElseThrow();
    }

    private static StreamAssignment stream(String build) {
        return Motes.stream(build).withRehearsal(TEN);
    }

    private static void show(Candidate candidate, int inputs, boolean runningAgrees) {
        for (int i = 0; i < inputs; i++) {
            candidate.show(Tensor.of(new long[] {1, 1, 2}, new float[] {40, 20}), fidelity(runningAgrees));
        }
    }

    private static Fidelity fidelity(boolean agrees) {
        return new Fidelity(List.of(new ClassAgreement("normal", 1, agrees ? 1 : 0)), 0, List.of());
    }
}
