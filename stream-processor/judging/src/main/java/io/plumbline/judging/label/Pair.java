package io.plumbline.judging.label;

import io.plumbline.contract.message.Cohort;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of one reading so far.
 *
 * @param answer what INT8 said
 * @param truth what is true
 */
public record Pair(Optional<Answer> answer, Optional<String> truth) {

    static final Pair NOTHING = new Pair(Optional.empty(), Optional.empty());

    /**
     * A prediction with the cohort that it counts for.
     *
     * @param score how sure INT8 was; empty for answers that were kept before it was
     */
    public record Answer(Cohort cohort, String predicted, Optional<Double> score) {}

    Pair with(Answer said) {
        return new Pair(Optional.of(said), truth);
    }

    Pair with(String label) {
        return new Pair(answer, Optional.of(label));
    }

    Optional<LabelledAnswer> complete(Instant at) {
        return answer.flatMap(a -> truth.map(t -> new LabelledAnswer(a.cohort(), at, t, a.predicted(), a.score())));
    }
}
