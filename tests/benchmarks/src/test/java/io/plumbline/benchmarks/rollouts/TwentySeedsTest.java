package io.plumbline.benchmarks.rollouts;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.message.RolloutStage;
import io.plumbline.rollout.policy.QualityGate;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the benchmark says of a judge, on a fifth of its fleet and of its seeds, so that every build knows it: builds on sites where the
 * baseline follows FP32 on 90 % to 99.5 %.
 */
class TwentySeedsTest {

    private static final int SEEDS = 20;
    private static final int DAY = 24 * 60;
    private static final int DAYS = 7;
    private static final double FIRST_WAVE = 0.05;

    static long[] seeds() {
        return LongStream.rangeClosed(1, SEEDS).toArray();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aBuildThatLosesTwoPointsIsStoppedInItsFirstWave(long seed) {
        // Given
        var fleet = Rollouts.small(Rollouts.BAD, Rollouts.FLOOR, seed);

        // When
        fleet.run(DAY);

        // Then
        assertThat(fleet.state().stage())
                .as(fleet.state().step().because())
                .isIn(RolloutStage.PAUSED, RolloutStage.ROLLED_BACK);
        assertThat(fleet.mostUpdated()).isLessThanOrEqualTo(FIRST_WAVE);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anIdenticalBuildComesThrough(long seed) {
        // Given
        var fleet = Rollouts.small(0, Rollouts.FLOOR, seed);

        // When
        fleet.run(DAY);

        // Then
        assertThat(fleet.state().stage()).as(fleet.state().step().because()).isEqualTo(RolloutStage.COMPLETED);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anIdenticalBuildComesThroughAlsoIfEveryWaveSoaksForADay(long seed) {
        // Given
        var fleet = Rollouts.patient(0, seed);

        // When
        fleet.run(DAYS * DAY);

        // Then
        assertThat(fleet.state().stage()).as(fleet.state().step().because()).isEqualTo(RolloutStage.COMPLETED);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anIdenticalBuildIsNotTakenBackFromSitesThatAreTooHardForAnyBuild(long seed) {
        // Given
        var fleet = Rollouts.small(0, QualityGate.USUAL.minAgreement(), seed);

        // When
        fleet.run(DAY);

        // Then
        assertThat(fleet.state().stage()).as(fleet.state().step().because()).isEqualTo(RolloutStage.PAUSED);
    }
}
