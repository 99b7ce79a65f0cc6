package io.plumbline.fleet.core.post;

import java.util.Optional;

/** What came of an attempt. */
public sealed interface Delivery {

    /**
     * The sink has it.
     *
     * @param remark what was wrong all the same; empty for nothing
     */
    record Done(Optional<String> remark) implements Delivery {

        public Done() {
            this(Optional.empty());
        }
    }

    /** The sink does not want this letter; it may well take others. */
    record Refused(String problem) implements Delivery {}

    /** The sink does not answer, or not as it should: it would take no other letter either. */
    record Unreachable(String problem) implements Delivery {}
}
