package io.plumbline.gateway.core.reading;

import io.plumbline.contract.message.DeadLetterReason;
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

    /** @param detail one line that names the field or value */
    record Refused(DeadLetterReason reason, String detail) implements Decoded {

        private static final int MAX_DETAIL = 200;

        /** With the first line of any text, cut to a length that fits a header. */
        public static Refused of(DeadLetterReason reason, String detail) {
            var line = detail.lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", "?");
            return new Refused(reason, line.length() <= MAX_DETAIL ? line : line.substring(0, MAX_DETAIL));
        }

        @Override
        public <T> T fold(Function<Reading, T> accepted, Function<Refused, T> refused) {
            return refused.apply(this);
        }
    }
}
