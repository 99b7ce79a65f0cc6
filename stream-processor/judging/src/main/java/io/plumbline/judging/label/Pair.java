package io.plumbline.judging.label;

import io.plumbline.contract.message.Cohort;
import java.time.Instant;
import java.util.Optional;

/**
 * What is kept of one reading: what came of it so far, and neither once both have met, since nothing that comes again counts then.
 *
 * @param answer what INT8 said
 * @param truth what is true
 */
public record Pair(Optional<Answer> answer, Optional<String> truth) {

    static final Pair MET = new Pair(Optional.empty(), Optional.empty());

    /**
     * A prediction with the cohort that it counts for.
     *
     * @param score how sure INT8 was; empty for answers that were kept before it was
     */
    public record Answer(Cohort cohort, String predicted, Optional<Double> score) {}

    static Pair of(Answer said) {
        return new Pair(Optional.of(said), Optional.empty());
    }

    static Pair of(String label) {
        return new Pair(Optional.empty(), Optional.of(label));
    }

    /** With what came later: the first answer and the first label count. */
    Pair plus(Pair later) {
        return equals(MET) ? this : new Pair(answer.or(later::answer), truth.or(later::truth));
    }

    Optional<LabelledAnswer> complete(Instant at) {
        return answer.flatMap(a -> truth.map(t -> new LabelledAnswer(a.cohort(), at, t, a.predicted(), a.score())));
    }
}
