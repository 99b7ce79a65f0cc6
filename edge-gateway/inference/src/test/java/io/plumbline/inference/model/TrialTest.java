package io.plumbline.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.message.CandidateScore;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.LatencyHistogram;
import io.plumbline.contract.message.PromisedAccuracy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrialTest {

    @Test
    void whatFp32PromisesOfBothBuildsIsAddedWindowByWindow() {
        // Given: on the second window the running build gives what FP32 holds to be unlikely
        var running = trial(promise(0.75, 0.75), promise(0.25, 0.75));
        var candidate = trial(promise(0.75, 0.75), promise(0.75, 0.75));

        // Then
        assertThat(candidate.beside(running).promised()).contains(new PromisedAccuracy(2, 1.5, 1, 1.5, 0.25));
        assertThat(running.beside(running).promised()).contains(new PromisedAccuracy(2, 1, 1, 1.5, 0));
        assertThat(candidate.beside(running).modelBytes()).contains(7L);
    }

    @Test
    void aModelWithoutProbabilitiesPromisesNothingOfNoWindow() {
        var one = trial(new Compared(Fidelity.NONE, Optional.empty()));
        assertThat(one.beside(one).promised()).contains(PromisedAccuracy.NONE);
    }

    @Test
    void otherWindowsAreNotHeldAgainstEachOther() {
        var one = trial(promise(1, 1));
        var two = trial(promise(1, 1), promise(1, 1));
        assertThatThrownBy(() -> one.beside(two)).hasMessage("a trial on 1 windows cannot be held against one on 2");
    }

    private static Compared promise(double answer, double best) {
        return new Compared(Fidelity.NONE, Optional.of(new Compared.Promise("a", answer, "b", best)));
    }

    private static Trial trial(Compared... windows) {
        var score = new CandidateScore(
                Digest.of(new byte[] {1}),
                "r",
                windows.length,
                Fidelity.NONE,
                LatencyHistogram.EMPTY,
                Optional.empty(),
                Optional.empty(),
                Optional.of(7L),
                Optional.empty());
        return new Trial(score, List.of(windows));
    }
}
