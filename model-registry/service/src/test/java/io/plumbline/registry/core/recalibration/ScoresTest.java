package io.plumbline.registry.core.recalibration;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.message.CandidateScore;
import io.plumbline.contract.message.ClassAgreement;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.LatencyHistogram;
import io.plumbline.contract.message.PairedDeltas;
import io.plumbline.contract.wire.Counts;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScoresTest {

    private static final Digest BUILD = Digest.of(new byte[] {1});
    private static final PairedDeltas NO_DELTAS = PairedDeltas.NONE;

    @Test
    void comparisonsThatAddUpToMoreThanANumberHoldsAreImpossible() {
        var most = Long.MAX_VALUE;
        var fidelity = new Fidelity(
                List.of(new ClassAgreement("a", most, most), new ClassAgreement("b", most, most)), 0, List.of());
        assertImpossible(score(fidelity, LatencyHistogram.EMPTY, NO_DELTAS));
    }

    @Test
    void aDistanceThatIsNotFiniteIsImpossible() {
        assertImpossible(
                score(new Fidelity(List.of(), Double.POSITIVE_INFINITY, List.of()), LatencyHistogram.EMPTY, NO_DELTAS));
    }

    @Test
    void moreLatenciesThanANumberHoldsAreImpossible() {
        var bins = new long[LatencyHistogram.BINS];
        Arrays.fill(bins, Long.MAX_VALUE);
        assertImpossible(score(Fidelity.NONE, new LatencyHistogram(new Counts(bins)), NO_DELTAS));
    }

    @Test
    void pairedSumsThatOverflowWhenAddedAreImpossible() {
        var huge = new PairedDeltas(1e308, 1e308, 1e308, 1e308);
        assertImpossible(score(Fidelity.NONE, LatencyHistogram.EMPTY, huge));
    }

    @Test
    void whatIsCountedOnceIsPossible() {
        var fidelity = new Fidelity(List.of(new ClassAgreement("a", 100, 99)), 0.5, List.of());
        assertThat(Scores.impossible(List.of(score(fidelity, LatencyHistogram.EMPTY, NO_DELTAS)), List.of(BUILD), 512))
                .isEmpty();
    }

    private static void assertImpossible(CandidateScore... scores) {
        assertThat(Scores.impossible(List.of(scores), List.of(BUILD), 512)).isPresent();
    }

    private static CandidateScore score(Fidelity fidelity, LatencyHistogram latency, PairedDeltas paired) {
        return new CandidateScore(
                BUILD,
                "r",
                100,
                fidelity,
                latency,
                Optional.of(paired),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
