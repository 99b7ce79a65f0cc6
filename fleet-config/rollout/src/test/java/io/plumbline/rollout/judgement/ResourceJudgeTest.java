package io.plumbline.rollout.judgement;

import static io.plumbline.rollout.Known.BASELINE;
import static io.plumbline.rollout.Known.CANDIDATE;
import static io.plumbline.rollout.Known.NORTH;
import static io.plumbline.rollout.Known.SOUTH;
import static io.plumbline.rollout.Known.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.LatencyHistogram;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.wire.Counts;
import io.plumbline.rollout.Known;
import io.plumbline.rollout.evidence.GatewayStanding;
import io.plumbline.rollout.evidence.MemoryChange;
import io.plumbline.rollout.evidence.RolloutEvidence;
import io.plumbline.rollout.evidence.Standing;
import io.plumbline.rollout.policy.DeviceLimits;
import io.plumbline.rollout.policy.QualityGate;
import io.plumbline.rollout.policy.RolloutPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceJudgeTest {

    private static final Instant DEADLINE = T0.plusSeconds(60);
    private static final RolloutPolicy SLOWNESS = policy(Optional.empty(), Optional.of(1.5));
    private static final RolloutPolicy MEMORY = policy(Optional.of(1.5), Optional.empty());
    private static final MemoryChange SAME = new MemoryChange(100, 100);

    @ParameterizedTest
    @CsvSource({
        "200, 200, 1000000, 1000000, PASS, ''",
        "200, 200, 4000000, 1000000, INCONCLUSIVE, its slowest answers take more than 1.5 times as long",
        "199, 200, 1000000, 1000000, INCONCLUSIVE, the latency of the candidate was measured 199 of 200 times",
        "200, 199, 1000000, 1000000, INCONCLUSIVE, the latency of the baseline was measured 199 of 200 times",
        "0, 0, 1000000, 1000000, INCONCLUSIVE, the latency of the candidate was measured 0 of 200 times"
    })
    void latencyLetsARolloutGoOnOnlyIfItIsMeasuredAndWithinItsLimit(
            long own, long before, long nanos, long nanosBefore, Decision late, String because) {
        // Given
        var evidence = new RolloutEvidence(
                gateways(1, 1, SAME),
                List.of(with(CANDIDATE, own, nanos)),
                List.of(with(BASELINE, before, nanosBefore)));

        // When
        var inTime = judge(evidence, SLOWNESS, T0);
        var atTheEnd = judge(evidence, SLOWNESS, DEADLINE);

        // Then
        assertThat(inTime.decision()).isEqualTo(late == Decision.PASS ? Decision.PASS : Decision.CONTINUE);
        assertThat(atTheEnd.decision()).isEqualTo(late);
        assertThat(atTheEnd.because()).contains(because);
    }

    @Test
    void aSlowSiteThatHasMostOfTheCandidateIsNoSlowBuild() {
        // Given both builds take 1 ms on north and 8 ms on south, where most of the candidate runs
        var candidate = List.of(with(CANDIDATE, NORTH, 300, 1_000_000), with(CANDIDATE, SOUTH, 3000, 8_000_000));
        var baseline = List.of(with(BASELINE, NORTH, 9000, 1_000_000), with(BASELINE, SOUTH, 100, 8_000_000));

        // When
        var same = judge(new RolloutEvidence(gateways(1, 1, SAME), candidate, baseline), SLOWNESS, DEADLINE);

        // Then
        assertThat(same.because()).doesNotContain("slowest answers");
    }

    @Test
    void aBuildThatIsSlowOnTheSitesThatBothRunOnWaitsThoughOthersAreSlowerStill() {
        // Given
        var candidate = List.of(with(CANDIDATE, NORTH, 300, 4_000_000));
        var baseline = List.of(with(BASELINE, NORTH, 300, 1_000_000), with(BASELINE, SOUTH, 9000, 8_000_000));

        // When
        var slow = judge(new RolloutEvidence(gateways(1, 1, SAME), candidate, baseline), SLOWNESS, DEADLINE);

        // Then
        assertThat(slow.because()).contains("more than 1.5 times as long as the baseline's on the same sites");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 150, PASS, ''",
        "1, 1, 151, INCONCLUSIVE, up to 1.51 times the memory that they needed under the baseline",
        "1, 0, 100, INCONCLUSIVE, 0 of 1 gateways that run it have told their memory under both builds",
        "20, 18, 100, PASS, ''",
        "20, 17, 100, INCONCLUSIVE, 17 of 20 gateways that run it have told their memory"
    })
    void memoryLetsARolloutGoOnOnlyIfItIsToldAndWithinItsLimit(
            int active, int telling, long now, Decision late, String because) {
        // Given
        var evidence = evidence(gateways(active, telling, new MemoryChange(100, now)));

        // When
        var inTime = judge(evidence, MEMORY, T0);
        var atTheEnd = judge(evidence, MEMORY, DEADLINE);

        // Then
        assertThat(inTime.decision()).isEqualTo(late == Decision.PASS ? Decision.PASS : Decision.CONTINUE);
        assertThat(atTheEnd.decision()).isEqualTo(late);
        assertThat(atTheEnd.because()).contains(because);
    }

    @Test
    void oneInTwentyMayNeedMoreMemoryAndNotTwo() {
        // Given
        var alike = gateways(20, 20, SAME);
        var one = replaced(alike, 1);
        var two = replaced(alike, 2);

        // Then
        assertThat(judge(evidence(one), MEMORY, DEADLINE).decision()).isEqualTo(Decision.PASS);
        assertThat(judge(evidence(two), MEMORY, DEADLINE).decision()).isEqualTo(Decision.INCONCLUSIVE);
    }

    @Test
    void whatHasNoLimitNeedsNoMeasurement() {
        assertThat(judge(evidence(gateways(1, 0, SAME)), Known.POLICY, DEADLINE).decision())
                .isEqualTo(Decision.PASS);
    }

    private static List<GatewayStanding> replaced(List<GatewayStanding> all, int greedy) {
        return IntStream.range(0, all.size())
                .mapToObj(i -> i < greedy ? standing(i, Optional.of(new MemoryChange(100, 900))) : all.get(i))
                .toList();
    }

    private static Judgement judge(RolloutEvidence evidence, RolloutPolicy policy, Instant now) {
        var told = evidence.gateways().stream().map(GatewayStanding::gateway).toList();
        return Judge.judge(new Question(told, T0, List.of(), DEADLINE), new Situation(evidence, policy, now));
    }

    private static RolloutPolicy policy(Optional<Double> memory, Optional<Double> latency) {
        return new RolloutPolicy(
                Optional.empty(),
                Known.POLICY.waves(),
                new DeviceLimits(0.9, 1, Duration.ofSeconds(60), 0.05, Optional.empty(), memory),
                new QualityGate(200, 0.1, 0.98, 0.75, 0.01, 0.05, latency),
                Known.POLICY.schedule());
    }

    private static RolloutEvidence evidence(List<GatewayStanding> gateways) {
        return new RolloutEvidence(gateways, List.of(with(CANDIDATE, 0, 1)), List.of(with(BASELINE, 0, 1)));
    }

    private static List<GatewayStanding> gateways(int active, int telling, MemoryChange memory) {
        return IntStream.range(0, active)
                .mapToObj(i -> standing(i, i < telling ? Optional.of(memory) : Optional.empty()))
                .toList();
    }

    private static GatewayStanding standing(int number, Optional<MemoryChange> memory) {
        return new GatewayStanding(
                new GatewayId("gw-" + number),
                NORTH,
                Standing.RUNS_CANDIDATE,
                "",
                DEADLINE,
                Optional.empty(),
                Optional.empty(),
                memory);
    }

    private static ModelHealth with(Digest build, long count, long nanos) {
        return with(build, NORTH, count, nanos);
    }

    private static ModelHealth with(Digest build, SiteId site, long count, long nanos) {
        var one = Known.health(build, site, Known.fidelity(8000, 8000, 1000, 990, 10), T0);
        var bins = new long[LatencyHistogram.EMPTY.bins().size()];
        bins[LatencyHistogram.binOf(nanos)] = count;
        return new ModelHealth(
                one.cohort(),
                one.from(),
                one.to(),
                one.readings(),
                one.fidelity(),
                one.labels(),
                new LatencyHistogram(new Counts(bins)),
                one.verdict(),
                one.evidence(),
                one.corrected());
    }
}
