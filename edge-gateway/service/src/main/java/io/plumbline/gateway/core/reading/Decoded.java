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
        @Override
        public <T> T fold(Function<Reading, T> accepted, Function<Refused, T> refused) {
            return refused.apply(this);
        }
    }
}
