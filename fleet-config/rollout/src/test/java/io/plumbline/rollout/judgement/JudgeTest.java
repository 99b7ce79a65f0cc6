package io.plumbline.rollout.judgement;

import static io.plumbline.rollout.Known.BASELINE;
import static io.plumbline.rollout.Known.CANDIDATE;
import static io.plumbline.rollout.Known.GW_NORTH;
import static io.plumbline.rollout.Known.GW_SOUTH;
import static io.plumbline.rollout.Known.NORTH;
import static io.plumbline.rollout.Known.SOUTH;
import static io.plumbline.rollout.Known.T0;
import static io.plumbline.rollout.Known.faithful;
import static io.plumbline.rollout.Known.fidelity;
import static io.plumbline.rollout.Known.health;
import static io.plumbline.rollout.Known.stale;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.message.TensorClipping;
import io.plumbline.contract.message.Verdict;
import io.plumbline.rollout.Known;
import io.plumbline.rollout.evidence.EvidenceMark;
import io.plumbline.rollout.evidence.GatewayStanding;
import io.plumbline.rollout.evidence.RolloutEvidence;
import io.plumbline.rollout.evidence.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JudgeTest {

    private static final Instant DEADLINE = T0.plusSeconds(60);
    private static final List<ModelHealth> STALE_BASELINE = List.of(health(BASELINE, NORTH, stale(), T0));

    @Test
    void passesWhatIsProven() {
        // When
        var judgement = judgeNorth(Standing.RUNS_CANDIDATE, faithful(), Verdict.STABLE, T0);
        // Then
        assertThat(judgement.decision()).isEqualTo(Decision.PASS);
        assertThat(judgement.evidence()).extracting(Evidence::measure).contains("coverage", "agreement", "clipping");
        assertThat(judgement.evidence()).extracting(Evidence::subject).contains("all @ north", "event @ north");
    }

    @Test
    void waitsForEnoughComparedInputs() {
        // When
        var judgement = judgeNorth(Standing.RUNS_CANDIDATE, fidelity(180, 180, 19, 19, 0), Verdict.STABLE, T0);
        // Then
        assertThat(judgement.decision()).isEqualTo(Decision.CONTINUE);
        assertThat(judgement.because()).contains("199 of 200");
    }

    @Test
    void doesNotPassAnAverageThatHidesARareClass() {
        // Given 99.3 % agreement over all, but only 12 of 20 events
        var hidden = fidelity(1180, 1180, 20, 12, 0);
        // When
        var judgement = judgeNorth(Standing.RUNS_CANDIDATE, hidden, Verdict.STABLE, T0);
        // Then
        assertThat(judgement.decision()).isEqualTo(Decision.CONTINUE);
        assertThat(judgement.because()).contains("'event'").contains("60.0 %");
    }

    @Test
    void doesNotTakeAFewAnswersOfAClassForEvidence() {
        // When
        var judgement = judgeNorth(Standing.RUNS_CANDIDATE, fidelity(1180, 1180, 19, 9, 0), Verdict.STABLE, T0);
        // Then
        assertThat(judgement.decision()).isEqualTo(Decision.PASS);
    }

    @Test
    void doesNotPassWhatClips() {
        // When
        var judgement = judgeNorth(Standing.RUNS_CANDIDATE, fidelity(700, 700, 40, 40, 74), Verdict.STABLE, T0);
        // Then
        assertThat(judgement.decision()).isEqualTo(Decision.CONTINUE);
        assertThat(judgement.because()).contains("leave the range of 'act0'");
    }

    @Test
    void countsTheValuesOfImagesBecauseOneOfThemAlwaysClips() {
        // Given every frame leaves the range somewhere, with one value in a thousand
        var frames = List.of(new TensorClipping("act0", 740, 740, 740L * 20_000, 740L * 20));
        var sharp = List.of(new TensorClipping("act0", 740, 740, 740L * 20_000, 740L * 3_000));
        var labels = faithful().classes();
        // When
        var usual = judgeNorth(Standing.RUNS_CANDIDATE, new Fidelity(labels, 1.5, frames), Verdict.STABLE, T0);
        var much = judgeNorth(Standing.RUNS_CANDIDATE, new Fidelity(labels, 1.5, sharp), Verdict.STABLE, T0);
        // Then
        assertThat(usual.decision()).isEqualTo(Decision.PASS);
        assertThat(much.decision()).isEqualTo(Decision.CONTINUE);
        assertThat(much.because())
                .isEqualTo("15.0 % of the values on north leave the range of 'act0', more than 10.0 %");
    }

    @Test
    void failsWhatIsProvenWorseThanTheBaselineOfTheSite() {
        // Given
        var good = List.of(health(BASELINE, NORTH, faithful(), T0), health(BASELINE, SOUTH, stale(), T0));
        // When
        var judgement = judge(northOnly(Standing.RUNS_CANDIDATE, stale(), Verdict.STABLE, good), T0);
        // Then
        assertThat(judgement.decision()).isEqualTo(Decision.FAIL);
        assertThat(judgement.because()).contains("'event', the baseline there on 97.5 % (39 of 40)");
    }

    @Test
    void doesNotRollBackAnIdenticalBuildBecauseOneSiteIsHard() {
        // Given both builds agree on 95 % on north and 99.5 % on south
        var hard = fidelity(1000, 950, 0, 0, 0);
        var easy = fidelity(1000, 995, 0, 0, 0);
        var fleet = new RolloutEvidence(
                List.of(runs(GW_NORTH), runs(GW_SOUTH)),
                List.of(health(CANDIDATE, NORTH, hard, T0), health(CANDIDATE, SOUTH, easy, T0)),
                List.of(health(BASELINE, NORTH, hard, T0), health(BASELINE, SOUTH, easy, T0)));
        var question = new Question(List.of(GW_NORTH, GW_SOUTH), T0, List.of(), DEADLINE);
        // When
        var judgement = Judge.judge(question, new Situation(fleet, Known.POLICY, T0));
        var late = Judge.judge(question, new Situation(fleet, Known.POLICY, DEADLINE));
        // Then
        assertThat(judgement.decision()).isEqualTo(Decision.CONTINUE);
        assertThat(late.decision()).isEqualTo(Decision.INCONCLUSIVE);
        assertThat(late.because())
                .contains("north agrees with FP32 on 95.0 % (950 of 1000), the baseline there on 95.0 % (950 of 1000),"
                        + " not proven above 98.0 %")
                .doesNotContain("south");
    }

    @Test
    void stopsABadBuildOnAHardSiteAsWell() {
        // Given it loses ten points where the baseline has 95 %
        var before = List.of(
                health(BASELINE, NORTH, fidelity(1000, 950, 0, 0, 0), T0),
                health(BASELINE, SOUTH, fidelity(1000, 850, 0, 0, 0), T0));
        // When
        var judgement =
                judge(northOnly(Standing.RUNS_CANDIDATE, fidelity(1000, 850, 0, 0, 0), Verdict.STABLE, before), T0);
        // Then
        assertThat(judgement.decision()).isEqualTo(Decision.FAIL);
        assertThat(judgement.because())
                .contains("north agrees with FP32 on 85.0 % (850 of 1000) only, the baseline there on 95.0 %");
    }

    @Test
    void leavesAMissInDoubtThatAHarderSiteWouldExplain() {
        // Given the baseline is known on an easy site alone
        var easy = List.of(health(BASELINE, SOUTH, fidelity(1000, 995, 0, 0, 0), T0));
        var hard = fidelity(1000, 950, 0, 0, 0);
        for (var baseline : List.of(easy, List.<ModelHealth>of())) {
            // When
            var judgement = judge(northOnly(Standing.RUNS_CANDIDATE, hard, Verdict.STABLE, baseline), DEADLINE);
            // Then
            assertThat(judgement.decision()).isEqualTo(Decision.INCONCLUSIVE);
            assertThat(judgement.because()).contains("not proven above 98.0 %");
        }
    }

    @Test
    void failsWhatLosesMoreThanSitesDifferBy() {
        // Given
        var good = List.of(health(BASELINE, SOUTH, faithful(), T0));
        // When
        var judgement = judge(northOnly(Standing.RUNS_CANDIDATE, stale(), Verdict.STABLE, good), T0);
        // Then
        assertThat(judgement.decision()).isEqualTo(Decision.FAIL);
        assertThat(judgement.because()).contains("'event' only, the baseline elsewhere on 97.5 % (39 of 40)");
    }

    @Test
    void blamesABuildForClippingOnlyWhereTheBaselineOfTheSiteClipsLess() {
        // Given four of ten windows clip on north under both builds, and nothing does on south
        var clips = fidelity(1000, 1000, 0, 0, 400);
        var calm = fidelity(1000, 1000, 0, 0, 0);
        var same = List.of(health(BASELINE, NORTH, clips, T0), health(BASELINE, SOUTH, calm, T0));
        var less = List.of(health(BASELINE, NORTH, calm, T0), health(BASELINE, SOUTH, clips, T0));
        // When
        var hard = judge(northOnly(Standing.RUNS_CANDIDATE, clips, Verdict.STABLE, same), T0);
        var bad = judge(northOnly(Standing.RUNS_CANDIDATE, clips, Verdict.STABLE, less), T0);
        // Then
        assertThat(hard.decision()).isEqualTo(Decision.CONTINUE);
        assertThat(bad.decision()).isEqualTo(Decision.FAIL);
        assertThat(bad.because()).contains("more than under the baseline");
    }

    @Test
    void doesNotHoldABuildAgainstABaselineThatEndedBeforeItBegan() {
        // Given the baseline was as bad on north, six days ago
        var old = List.of(health(BASELINE, NORTH, stale(), T0.minus(Duration.ofDays(6))));
        var lasting = List.of(health(BASELINE, NORTH, stale(), T0.minusSeconds(1800)));
        // When
        var held = judge(northOnly(Standing.RUNS_CANDIDATE, stale(), Verdict.STABLE, lasting), T0);
        var alone = judge(northOnly(Standing.RUNS_CANDIDATE, stale(), Verdict.STABLE, old), T0);
        var passed = judge(northOnly(Standing.RUNS_CANDIDATE, faithful(), Verdict.STABLE, old), T0);
        // Then
        assertThat(held.decision()).as("it goes on beside the candidate").isEqualTo(Decision.CONTINUE);
        assertThat(held.because()).doesNotContain("does not count");
        assertThat(alone.decision()).isEqualTo(Decision.FAIL);
        assertThat(alone.because())
                .endsWith("; what is known of the baseline on north ended before the candidate began there and does not"
                        + " count");
        assertThat(passed.decision()).isEqualTo(Decision.PASS);
        assertThat(passed.because()).contains("the baseline on north ended before");
        assertThat(passed.evidence()).extracting(Evidence::subject).contains("against FP32");
    }

    @Test
    void takesABaselineThatEndedOnOneSiteForWhatItIsOnTheOthers() {
        // Given it was as bad on north six days ago, and is good on south
        var baseline = List.of(
                health(BASELINE, NORTH, stale(), T0.minus(Duration.ofDays(6))),
                health(BASELINE, SOUTH, faithful(), T0.minus(Duration.ofDays(6))));
        // When
        var judgement = judge(northOnly(Standing.RUNS_CANDIDATE, stale(), Verdict.STABLE, baseline), T0);
        // Then
        assertThat(judgement.decision()).isEqualTo(Decision.FAIL);
        assertThat(judgement.because()).contains("the baseline elsewhere on 97.5 %");
    }

    @Test
    void doesNotRollBackToABaselineThatIsNoBetter() {
        // When
        var judgement = judgeNorth(Standing.RUNS_CANDIDATE, stale(), Verdict.STABLE, T0);
        // Then
        assertThat(judgement.decision()).isEqualTo(Decision.CONTINUE);
    }

    @Test
    void failsAProvenBreachThatNothingCanBeComparedWith() {
        // When
        var judgement = judge(northOnly(Standing.RUNS_CANDIDATE, stale(), Verdict.STABLE, List.of()), T0);
        // Then
        assertThat(judgement.decision()).isEqualTo(Decision.FAIL);
    }

    @Test
    void failsARefusedBuildWithTheGatewaysOwnWords() {
        // Given
        var refusing = new GatewayStanding(GW_NORTH, NORTH, Standing.REFUSED, "its self-test differs by 0.3", T0);
        // When
        var judgement = judge(new RolloutEvidence(List.of(refusing), List.of(), STALE_BASELINE), T0);
        // Then
        assertThat(judgement.decision()).isEqualTo(Decision.FAIL);
        assertThat(judgement.because()).isEqualTo("gw-north refused the build: its self-test differs by 0.3");
    }

    @ParameterizedTest
    @EnumSource(Verdict.class)
    void heedsTheProcessorsVerdict(Verdict verdict) {
        // When
        var judgement = judgeNorth(Standing.RUNS_CANDIDATE, faithful(), verdict, T0);
        // Then
        assertThat(judgement.decision())
                .isEqualTo(
                        switch (verdict) {
                            case RUNTIME_MISMATCH -> Decision.FAIL;
                            case CALIBRATION_STALE -> Decision.CONTINUE;
                            default -> Decision.PASS;
                        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Standing.class,
            names = {"RUNS_BASELINE", "RUNS_OTHER"})
    void neverTakesAnythingButRunningForSuccess(Standing standing) {
        // When
        var judgement = judgeNorth(standing, faithful(), Verdict.STABLE, T0);
        var late = judgeNorth(standing, faithful(), Verdict.STABLE, DEADLINE);
        // Then
        assertThat(judgement.decision()).isEqualTo(Decision.CONTINUE);
        assertThat(late.decision()).isEqualTo(Decision.NO_DATA);
        assertThat(late.because()).contains("gw-north");
    }

    @Test
    void saysNoDataWhenTheDeadlinePassesInSilence() {
        // Given
        var silent = new GatewayStanding(GW_NORTH, NORTH, Standing.RUNS_BASELINE, "", Instant.EPOCH);
        // When
        var judgement = judge(new RolloutEvidence(List.of(silent), List.of(), STALE_BASELINE), DEADLINE.plusSeconds(1));
        // Then
        assertThat(judgement.decision()).isEqualTo(Decision.NO_DATA);
        assertThat(judgement.because()).contains("gw-north is silent").contains("no gateway runs the candidate");
    }

    @Test
    void doesNotTakeHealthFromBeforeTheRolloutForEvidence() {
        // Given
        var evidence = northOnly(Standing.RUNS_CANDIDATE, faithful(), Verdict.STABLE, STALE_BASELINE);
        var question = new Question(List.of(GW_NORTH), T0, List.of(new EvidenceMark(NORTH, T0)), DEADLINE);
        // When
        var judgement = Judge.judge(question, new Situation(evidence, Known.POLICY, T0));
        // Then
        assertThat(judgement.decision()).isEqualTo(Decision.CONTINUE);
    }

    @Test
    void doesNotTakeAWindowThatReachesBackToAnEarlierTryForEvidence() {
        // Given health of the half hour up to T0, the last second of which is of this try
        var evidence = northOnly(Standing.RUNS_CANDIDATE, faithful(), Verdict.STABLE, STALE_BASELINE);
        var mark = new EvidenceMark(NORTH, T0.minusSeconds(1));
        // When
        var judgement = Judge.judge(
                new Question(List.of(GW_NORTH), T0, List.of(mark), DEADLINE),
                new Situation(evidence, Known.POLICY, T0));
        // Then
        assertThat(judgement.decision()).isEqualTo(Decision.CONTINUE);
        assertThat(judgement.because()).contains("north has no data of the candidate");
    }

    @Test
    void isNotStoppedByAFewRefusalsBecauseTheOthersAreSilent() {
        // Given 2 of 100 refuse, 18 run it, and 80 are not heard
        var fleet = new ArrayList<GatewayStanding>();
        for (int i = 0; i < 100; i++) {
            var standing = i < 2 ? Standing.REFUSED : Standing.RUNS_CANDIDATE;
            fleet.add(new GatewayStanding(
                    new GatewayId("gw-" + i), NORTH, standing, "no room", i < 20 ? DEADLINE : Instant.EPOCH));
        }
        var told = fleet.stream().map(GatewayStanding::gateway).toList();
        var evidence = new RolloutEvidence(fleet, List.of(health(CANDIDATE, NORTH, faithful(), T0)), STALE_BASELINE);
        // When
        var judgement = Judge.judge(
                new Question(told, T0, List.of(), DEADLINE),
                new Situation(evidence, Known.POLICY, DEADLINE.plusSeconds(1)));
        // Then
        assertThat(judgement.decision()).isEqualTo(Decision.INCONCLUSIVE);
        assertThat(judgement.because())
                .contains("gw-0 refused the build: no room")
                .contains("80 of 100 gateways are silent");
    }

    @Test
    void wantsAPassFromEverySite() {
        // Given
        var both = List.of(runs(GW_NORTH), runs(GW_SOUTH));
        var north = health(CANDIDATE, NORTH, faithful(), T0);
        var south = health(CANDIDATE, SOUTH, fidelity(10, 10, 0, 0, 0), T0);
        var question = new Question(List.of(GW_NORTH, GW_SOUTH), T0, List.of(), DEADLINE);
        // When
        var judgement = Judge.judge(
                question,
                new Situation(new RolloutEvidence(both, List.of(north, south), STALE_BASELINE), Known.POLICY, T0));
        // Then
        assertThat(judgement.decision()).isEqualTo(Decision.CONTINUE);
        assertThat(judgement.because()).contains("south has compared 10 of 200").doesNotContain("north");
    }

    private static Judgement judgeNorth(Standing standing, Fidelity candidate, Verdict verdict, Instant now) {
        return judge(northOnly(standing, candidate, verdict, STALE_BASELINE), now);
    }

    private static Judgement judge(RolloutEvidence evidence, Instant now) {
        return Judge.judge(
                new Question(List.of(GW_NORTH), T0, List.of(), DEADLINE), new Situation(evidence, Known.POLICY, now));
    }

    private static RolloutEvidence northOnly(
            Standing standing, Fidelity candidate, Verdict verdict, List<ModelHealth> baseline) {
        return new RolloutEvidence(
                List.of(new GatewayStanding(GW_NORTH, NORTH, standing, "", DEADLINE)),
                List.of(health(CANDIDATE, NORTH, candidate, verdict, T0)),
                baseline);
    }

    private static GatewayStanding runs(GatewayId gateway) {
        return new GatewayStanding(
                gateway, gateway.equals(GW_NORTH) ? NORTH : SOUTH, Standing.RUNS_CANDIDATE, "", DEADLINE);
    }
}
