package io.plumbline.rollout.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.declared.RolloutOutlook;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.rollout.Known;
import io.plumbline.rollout.policy.DeviceLimits;
import io.plumbline.rollout.policy.QualityGate;
import io.plumbline.rollout.policy.RolloutPlan;
import io.plumbline.rollout.policy.RolloutPolicy;
import io.plumbline.rollout.policy.Schedule;
import io.plumbline.rollout.policy.WavePlan;
import io.plumbline.rollout.policy.Waves;
import io.plumbline.rollout.policy.Waves.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutlookTest {

    private static final String BUILD = Known.BASELINE.shortHex();

    @ParameterizedTest
    @CsvSource({"5, 0, 0.2", "19, 0, 0.053", "20, 1, ", "200, 10, "})
    void aSmallFleetIsToldBeforehandThatNobodyKeepsTheBaseline(int size, int keeping, Double share) {
        for (var seed : List.of("r-1", "r-2", "r-3")) {
            // When
            var before = Outlook.before(plan(seed), fleet(size, 3), policy(0.05));
            var drawn = drawn(seed, fleet(size, 3), policy(0.05));
            // Then
            assertThat(before.gateways()).isEqualTo(size);
            assertThat(before.keeping()).isEqualTo(drawn.keeping()).isEqualTo(keeping);
            if (share != null) {
                assertThat(before).isEqualTo(drawn);
                assertThat(before.words())
                        .startsWith("None of the " + size + " gateways keeps " + BUILD)
                        .contains("baselineShare 0.05 of " + size + " is less than one gateway");
                assertThat(before.without()).hasSize(3);
                assertThat(before.instead().orElseThrow())
                        .contains("baselineShare " + share + " or more, 20 gateways, or a rehearsal");
                assertThat(drawn(seed, fleet(size, 3), policy(share)).keeping()).isEqualTo(1);
            } else {
                assertThat(before.words()).startsWith(keeping + " of " + size + " gateways keep");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"r-1", "r-2", "r-3", "r-4"})
    void sitesAreNamedOnWhichNobodyKeepsTheBaseline(String seed) {
        // Given 200 gateways on 20 sites
        var members = fleet(200, 20);
        var waves = Waves.of(seed, members, policy(0.05));
        // When
        var outlook = Outlook.of(plan(seed), members, waves, policy(0.05));
        // Then
        var told = Set.copyOf(waves.order());
        var covered = members.stream()
                .filter(member -> !told.contains(member.gateway()))
                .map(Member::site)
                .collect(Collectors.toSet());
        assertThat(outlook.without())
                .hasSizeGreaterThanOrEqualTo(10)
                .hasSize(20 - covered.size())
                .doesNotContainAnyElementsOf(covered);
        assertThat(outlook.words())
                .startsWith(
                        "10 of 200 gateways keep " + BUILD + " to the end, to compare with at the same time. None of"
                                + " these is on " + outlook.without().get(0) + ", ")
                .contains(" and " + (outlook.without().size() - 5) + " more: once all gateways there are updated");
        assertThat(outlook.instead().orElseThrow()).contains("a larger baselineShare, more gateways on such a site");
    }

    @Test
    void aSiteWithOneGatewayHasNothingToCompareWithFromItsUpdateOn() {
        // Given
        var members = new ArrayList<>(fleet(40, 2));
        members.add(new Member(new GatewayId("gw-lone"), new SiteId("lone"), Optional.empty()));
        // When
        var before = Outlook.before(plan("r"), members, policy(0.05));
        var few = Outlook.before(plan("r"), members.subList(38, 41), policy(0.05));
        // Then
        assertThat(before.words())
                .startsWith("2 of 41 gateways keep ")
                .contains("Which is drawn when it starts")
                .endsWith("; lone has one gateway, and so nothing from its update on.");
        assertThat(few.words())
                .endsWith("lone, site-0 and site-1 have one gateway each, and so nothing from their update on.");
    }

    @Test
    void whereEverySiteKeepsOneNothingMoreIsSaid() {
        // Given half of everybody
        var outlook = drawn("r", fleet(40, 2), policy(0.5));
        // Then
        assertThat(outlook.words())
                .isEqualTo("20 of 40 gateways keep " + BUILD + " to the end, to compare with at the same time.");
        assertThat(outlook.without()).isEmpty();
        assertThat(outlook.instead()).isEmpty();
        // And one site alone has whoever is drawn
        assertThat(Outlook.before(plan("r"), fleet(20, 1), policy(0.05)).words())
                .isEqualTo("1 of 20 gateways keeps " + BUILD + " to the end, to compare with at the same time.");
    }

    @Test
    void oneGatewayCannotKeepABaselineWhateverTheShare() {
        // When
        var one = Outlook.before(plan("r"), fleet(1, 1), policy(0.5));
        var none = Outlook.before(plan("r"), fleet(6, 2), policy(0));
        // Then
        assertThat(one.words())
                .isEqualTo("The only gateway does not keep " + BUILD + " to the end, to compare with at the same time:"
                        + " baselineShare 0.5 of 1 is less than one gateway. Once it is updated, nothing is left to compare"
                        + " with.");
        assertThat(one.instead().orElseThrow()).contains("What helps: 2 gateways, or a rehearsal");
        assertThat(none.words()).contains("baselineShare is 0. Once all gateways of a site are updated");
        assertThat(none.instead().orElseThrow()).contains("What helps: baselineShare 0.167 or more, or a rehearsal");
    }

    @Test
    void whoJoinsWhileItIsUnderWayKeepsTheBaselineToo() {
        // Given
        var members = new ArrayList<>(fleet(5, 1));
        var waves = Waves.of("r", members, policy(0.05));
        members.add(new Member(new GatewayId("gw-new"), new SiteId("site-0"), Optional.empty()));
        // Then
        assertThat(Outlook.of(plan("r"), members, waves, policy(0.05)).keeping())
                .isEqualTo(1);
    }

    private static RolloutOutlook drawn(String seed, List<Member> members, RolloutPolicy policy) {
        return Outlook.of(plan(seed), members, Waves.of(seed, members, policy), policy);
    }

    private static RolloutPlan plan(String id) {
        return new RolloutPlan(id, Known.MODEL, Known.BASELINE, Known.CANDIDATE);
    }

    private static RolloutPolicy policy(double baselineShare) {
        var waves = new WavePlan(WavePlan.USUAL.percents(), List.of(), Duration.ZERO, baselineShare);
        return new RolloutPolicy(Optional.empty(), waves, DeviceLimits.USUAL, QualityGate.USUAL, Schedule.USUAL);
    }

    private static List<Member> fleet(int size, int sites) {
        return IntStream.range(0, size)
                .mapToObj(i -> new Member(new GatewayId("gw-" + i), new SiteId("site-" + i % sites), Optional.empty()))
                .toList();
    }
}
