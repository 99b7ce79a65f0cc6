package io.plumbline.rollout.judgement;

import static io.plumbline.rollout.Known.BASELINE;
import static io.plumbline.rollout.Known.CANDIDATE;
import static io.plumbline.rollout.Known.GW_NORTH;
import static io.plumbline.rollout.Known.NORTH;
import static io.plumbline.rollout.Known.POLICY;
import static io.plumbline.rollout.Known.T0;
import static io.plumbline.rollout.Known.faithful;
import static io.plumbline.rollout.Known.fidelity;
import static io.plumbline.rollout.Known.health;
import static io.plumbline.rollout.Known.stale;
import static io.plumbline.rollout.Known.standing;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.rollout.evidence.EvidenceMark;
import io.plumbline.rollout.evidence.RolloutEvidence;
import io.plumbline.rollout.evidence.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrialTest {

    private static final Fidelity DAY = fidelity(70_000, 70_000, 4000, 3990, 100);

    @Test
    void countsWhatCameAfterTheSiteWasTold() {
        // Given an earlier try of the candidate, and a baseline that has run for long
        var told = new Situation(
                new RolloutEvidence(
                        List.of(),
                        List.of(health(CANDIDATE, NORTH, stale(), T0).ofTotal(stale())),
                        List.of(health(BASELINE, NORTH, faithful(), T0).ofTotal(DAY))),
                POLICY,
                T0);
        // When
        var mark = told.marks(List.of(NORTH)).get(0);
        var candidate = Trial.ofCandidate(
                mark.candidate(), health(CANDIDATE, NORTH, faithful(), T0).ofTotal(stale().plus(faithful())));
        var baseline = Trial.ofCandidate(
                mark.baseline(), health(BASELINE, NORTH, faithful(), T0).ofTotal(DAY.plus(stale())));
        // Then
        assertThat(candidate.counted()).isEqualTo(faithful());
        assertThat(baseline.counted())
                .as("its last horizon before, and what came since")
                .isEqualTo(faithful().plus(stale()));
    }

    @Test
    void countsEverythingAfterTheProcessorForgotTheCohort() {
        assertThat(Trial.ofCandidate(
                                Optional.of(DAY),
                                health(CANDIDATE, NORTH, faithful(), T0).ofTotal(stale()))
                        .counted())
                .isEqualTo(stale());
    }

    @Test
    void isTheWindowOfABaselineThatNobodyKnewWhenTheSiteWasTold() {
        // Given: what it did in the months before is none of the candidate's
        var baseline = health(BASELINE, NORTH, faithful(), T0).ofTotal(DAY);
        // Then
        assertThat(Trial.ofBaseline(Optional.empty(), baseline).counted()).isEqualTo(faithful());
    }

    @Test
    void isTheWindowWhereTheProcessorTellsNoTotal() {
        assertThat(Trial.ofCandidate(Optional.of(DAY), health(CANDIDATE, NORTH, faithful(), T0))
                        .counted())
                .isEqualTo(faithful());
    }

    @Test
    void aBadHalfHourOfAGoodDayWaitsAndStopsNothing() {
        // Given both builds agree alike, and the window of the candidate happens to be bad
        var candidate = health(CANDIDATE, NORTH, stale(), T0).ofTotal(DAY.plus(stale()));
        // When
        var judgement = judge(candidate, T0);
        // Then
        assertThat(judgement.decision()).isEqualTo(Decision.CONTINUE);
        assertThat(judgement.because()).contains("of late north agrees with FP32 on 27.5 % (11 of 40) of 'event'");
    }

    @Test
    void aBadDayStopsItAlsoWhileTheLastHalfHourIsGood() {
        // Given
        var bad = fidelity(70_000, 69_800, 4000, 1100, 36_000);
        // When
        var judgement = judge(health(CANDIDATE, NORTH, faithful(), T0).ofTotal(bad), T0);
        // Then
        assertThat(judgement.decision()).isEqualTo(Decision.FAIL);
        assertThat(judgement.because()).contains("27.5 % (1100 of 4000) of 'event'");
    }

    private static Judgement judge(ModelHealth candidate, Instant now) {
        var evidence = new RolloutEvidence(
                List.of(standing(GW_NORTH, Standing.RUNS_CANDIDATE, "", now)),
                List.of(candidate),
                List.of(health(BASELINE, NORTH, faithful(), now).ofTotal(DAY)));
        var question =
                new Question(List.of(GW_NORTH), T0, List.of(new EvidenceMark(NORTH, Instant.EPOCH)), Instant.MAX);
        return Judge.judge(question, new Situation(evidence, POLICY, now));
    }
}
