package io.plumbline.gateway.core.reading;

import io.plumbline.contract.message.DeadLetterReason;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** What a payload is: a reading, or refused. */
public sealed interface Decoded {

    /** Calls the function that fits. */
    <T> T fold(Function<Reading, T> accepted, Function<Refused, T> refused);

    record Accepted(Reading reading) implements Decoded {
        @Override
        public <T> T fold(Function<Reading, T> accepted, Function<Refused, T> refused) {
            return accepted.apply(reading);
        }
    }

    /**
     * @param detail one line that names the field or value
     * @param culprit where the payload is a reading but for a value that cannot be
     */
    record Refused(DeadLetterReason reason, String detail, Optional<Culprit> culprit) implements Decoded {

        public Refused(DeadLetterReason reason, String detail) {
            this(reason, detail, Optional.empty());
        }

        /**
         * A value that cannot be.
         *
         * @param feature of the model card
         * @param at device time of the reading
         */
        public record Culprit(String feature, Instant at) {}

        private static final int MAX_DETAIL = 200;

        /** With the first line of any text, cut to a length that fits a header. */
        public static Refused of(DeadLetterReason reason, String detail) {
            var line = detail.lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", "?");
            return new Refused(reason, line.length() <= MAX_DETAIL ? line : line.substring(0, MAX_DETAIL));
        }

        Refused because(Culprit found) {
            return new Refused(reason, detail, Optional.of(found));
        }

        @Override
        public <T> T fold(Function<Reading, T> accepted, Function<Refused, T> refused) {
            return refused.apply(this);
        }
    }
}
