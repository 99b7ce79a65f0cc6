package io.plumbline.judging.label;

import io.plumbline.contract.message.Cohort;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of one reading so far.
 *
 * @param answer what INT8 said
 * @param truth what is true
 * @param met both came, and are told of
 */
public record Pair(Optional<Answer> answer, Optional<String> truth, boolean met) {

    static final Pair NOTHING = new Pair(Optional.empty(), Optional.empty(), false);
    /** Whatever comes again changes nothing: that is all to remember. */
    static final Pair MET = new Pair(Optional.empty(), Optional.empty(), true);

    /**
     * A prediction with the cohort that it counts for.
     *
     * @param score how sure INT8 was; empty for answers that were kept before it was
     */
    public record Answer(Cohort cohort, String predicted, Optional<Double> score) {}

    /** The first answer counts. */
    Pair with(Answer said) {
        return met || answer.isPresent() ? this : new Pair(Optional.of(said), truth, false);
    }

    /** The first label counts. */
    Pair with(String label) {
        return met || truth.isPresent() ? this : new Pair(answer, Optional.of(label), false);
    }

    Optional<LabelledAnswer> complete(Instant at) {
        return answer.flatMap(a -> truth.map(t -> new LabelledAnswer(a.cohort(), at, t, a.predicted(), a.score())));
    }
}
