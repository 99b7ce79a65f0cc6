package io.plumbline.registry.core.recalibration;

import java.util.Locale;
import java.util.Optional;

/**
 * What speaks against a candidate.
 *
 * @param because one clause with the numbers
 */
record Finding(Outcome outcome, String because) {

    /** What evidence can say. */
    enum Outcome {
        PASS,
        /** Shown to break a rule. */
        FAIL,
        /** Neither shown to keep the rule nor to break it: not safe, and more windows may tell. */
        INCONCLUSIVE
    }

    static Optional<Finding> fail(String format, Object... values) {
        return Optional.of(new Finding(Outcome.FAIL, String.format(Locale.ROOT, format, values)));
    }

    static Optional<Finding> inconclusive(String format, Object... values) {
        return Optional.of(new Finding(Outcome.INCONCLUSIVE, String.format(Locale.ROOT, format, values)));
    }

    @Override
    public String toString() {
        return outcome + ", " + because;
    }
}
