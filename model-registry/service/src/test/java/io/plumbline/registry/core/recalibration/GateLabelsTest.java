package io.plumbline.registry.core.recalibration;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.message.CandidateScore;
import io.plumbline.contract.message.LabelledAccuracy;
import io.plumbline.registry.core.job.Fixtures;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What labels on holdout windows change: a candidate that keeps every other rule is held against them. */
class GateLabelsTest {

    private final Gate gate = new Gate(GatePolicy.DEFAULT);

    @Test
    void whereLabelsShowThatFewerAnswersAreRightItFails() {
        assertThat(decide(labelled(100, 60, 2, 30)).because())
                .contains(
                        "FAIL, gets 0.6200 of 100 labelled windows right, the running build 0.9000, and 0.0100 less is"
                                + " allowed (-0.3");
    }

    @Test
    void fewerThatMayBeChanceLeaveItOpen() {
        assertThat(decide(labelled(40, 35, 1, 3)).because())
                .contains("INCONCLUSIVE, gets 0.9000 of 40 labelled windows right, the running build 0.9500");
    }

    @Test
    void asManyOrMorePassAndAreTold() {
        var decision = decide(labelled(50, 40, 6, 1));
        assertThat(decision.candidate()).contains(Fixtures.CANDIDATE);
        assertThat(decision.because())
                .endsWith("; of 50 labelled windows it gets 0.9200 right, the running build 0.8200, FP32 0.9400");
    }

    @Test
    void aFewLabelsSayNothingAndThatIsSaid() {
        var decision = decide(labelled(29, 10, 0, 19));
        assertThat(decision.candidate()).contains(Fixtures.CANDIDATE);
        assertThat(decision.because())
                .endsWith("; accuracy by labels is not evaluable, since 29 holdout windows have one and 30 would say"
                        + " something");
    }

    @Test
    void labelsThatCannotBeReadLeaveItOpen() {
        assertThat(decide(Optional.empty()).because())
                .contains(
                        "INCONCLUSIVE, what labels say is not known: they cannot be read, or a gateway does not tell");
    }

    @Test
    void aCandidateThatIsAsGoodHardlyEverFails() {
        // Given: of both builds 90 % are right, on a tenth of the windows the one or the other
        var random = new Random(3);
        var failed = 0;
        for (int draw = 0; draw < 1_000; draw++) {
            var accuracy = LabelledAccuracy.NONE;
            for (int i = 0; i < 60; i++) {
                var apart = random.nextDouble() < 0.1;
                var one = random.nextBoolean();
                accuracy = accuracy.with(apart ? one : true, apart ? !one : true, true);
            }
            failed += decide(Optional.of(accuracy)).because().contains("FAIL") ? 1 : 0;
        }

        // Then
        assertThat(failed).isLessThanOrEqualTo(50);
    }

    private static Optional<LabelledAccuracy> labelled(long windows, long both, long gained, long lost) {
        return Optional.of(new LabelledAccuracy(windows, both, gained, lost, windows * 47 / 50));
    }

    private Gate.Decision decide(Optional<LabelledAccuracy> labelled) {
        var scores = Fixtures.scores();
        var all = List.of(scores.get(0), with(scores.get(1), labelled));
        return gate.decide(all.get(0).build(), List.of(Fixtures.CANDIDATE), new Scores(Map.of(Fixtures.G1, all)));
    }

    private static CandidateScore with(CandidateScore made, Optional<LabelledAccuracy> labelled) {
        return new CandidateScore(
                made.build(),
                made.recipe(),
                made.windows(),
                made.fidelity(),
                made.latency(),
                made.paired(),
                made.promised(),
                made.modelBytes(),
                labelled);
    }
}
