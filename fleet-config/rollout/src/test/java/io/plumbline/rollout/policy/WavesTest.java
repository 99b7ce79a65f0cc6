package io.plumbline.rollout.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.rollout.Known;
import io.plumbline.rollout.policy.Waves.Member;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WavesTest {

    @Test
    void takesTheGivenSharesOfTheFleet() {
        // When
        var waves = Waves.of("r", fleet(10_000, 100), drawn(WavePlan.USUAL));
        // Then
        assertThat(waves.targets()).containsExactly(100, 500, 2500, 5000, 9500);
        assertThat(new HashSet<>(waves.order())).hasSize(9500);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 19, 20, 21, 150})
    void noWaveIsEmptyAndTheLastHasEverybody(int size) {
        // Given
        var noBaseline = new WavePlan(WavePlan.USUAL.percents(), List.of(), Duration.ZERO, 0);
        // When
        var waves = Waves.of("r", fleet(size, 3), drawn(noBaseline));
        // Then
        assertThat(waves.targets().get(0)).isGreaterThanOrEqualTo(1);
        assertThat(waves.targets()).isSorted().doesNotHaveDuplicates().endsWith(size);
    }

    @Test
    void equalWavesAreOneAndKeepTheirApproval() {
        // Given
        var plan = new WavePlan(WavePlan.USUAL.percents(), List.of(25.0, 100.0), Duration.ZERO, 0);
        // When
        var waves = Waves.of("r", fleet(4, 1), drawn(plan));
        // Then 1, 5 and 25 percent of four gateways are one gateway
        assertThat(waves.targets()).containsExactly(1, 2, 4);
        assertThat(waves.approvals()).containsExactly(0, 2);
    }

    @Test
    void aNamedCanaryIsAWaveOfItsOwn() {
        // Given
        var policy = Known.with(WavePlan.USUAL);
        var members = List.of(
                new Member(Known.GW_SOUTH, Known.SOUTH, Optional.empty()),
                new Member(Known.GW_NORTH, Known.NORTH, Optional.empty()));
        // When
        var two = Waves.of("r", members, policy);
        // Then
        assertThat(two.order()).containsExactly(Known.GW_NORTH, Known.GW_SOUTH);
        assertThat(two.targets()).containsExactly(1, 2);
    }

    @Test
    void everyBeginningHasItsShareOfEverySite() {
        // Given 1,000 gateways on 10 sites
        var members = fleet(1000, 10);
        // When
        var waves = Waves.of("r", members, drawn(WavePlan.USUAL));
        // Then
        var stratum = members.stream().collect(Collectors.toMap(Member::gateway, Member::stratum));
        for (var target : List.of(10, 50, 250, 500)) {
            var perSite = waves.order().subList(0, target).stream()
                    .collect(Collectors.groupingBy(stratum::get, Collectors.counting()));
            assertThat(perSite.values())
                    .hasSize(10)
                    .allSatisfy(
                            count -> assertThat(count.doubleValue()).isBetween(target / 10.0 - 1, target / 10.0 + 1));
        }
    }

    @Test
    void anotherRolloutBeginsWithOtherGatewaysAndTheSameOneWithTheSame() {
        // When
        var members = fleet(1000, 10);
        var first = Waves.of("r-1", members, drawn(WavePlan.USUAL));
        var again = Waves.of("r-1", members, drawn(WavePlan.USUAL));
        var other = Waves.of("r-2", members, drawn(WavePlan.USUAL));
        // Then
        assertThat(again).isEqualTo(first);
        var shared = new HashSet<>(first.order().subList(0, 50));
        shared.retainAll(other.order().subList(0, 50));
        assertThat(shared).hasSizeLessThan(15);
    }

    @Test
    void refusesWavesThatDoNotRiseOrDoNotEndWithAll() {
        assertThatThrownBy(() -> new WavePlan(List.of(5.0, 5.0, 100.0), List.of(), Duration.ZERO, 0))
                .hasMessageContaining("must rise");
        assertThatThrownBy(() -> new WavePlan(List.of(5.0, 50.0), List.of(), Duration.ZERO, 0))
                .hasMessageContaining("must end with 100");
        assertThatThrownBy(() -> new WavePlan(List.of(5.0, 100.0), List.of(50.0), Duration.ZERO, 0))
                .hasMessageContaining("must be among the waves");
    }

    private static List<Member> fleet(int size, int sites) {
        return IntStream.range(0, size)
                .mapToObj(i -> new Member(new GatewayId("gw-" + i), new SiteId("site-" + i % sites), Optional.empty()))
                .toList();
    }

    private static RolloutPolicy drawn(WavePlan plan) {
        return new RolloutPolicy(Optional.empty(), plan, DeviceLimits.USUAL, QualityGate.USUAL, Schedule.USUAL);
    }
}
