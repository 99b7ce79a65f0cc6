package io.plumbline.gateway.core.outbox;

import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.wire.Json;
import io.plumbline.gateway.core.build.Self;
import java.util.Optional;

/**
 * Records that leave the outbox before Kafka has them.
 *
 * @param first number of the first one
 * @param next number of the record after the last one
 * @param others statistics and events
 */
public record Loss(long first, long next, long results, long deadLetters, long others) {

    /** Messages whose answer is lost. */
    public long answers() {
        return results + deadLetters;
    }

    public GatewayEvent event(Self self) {
        return new GatewayEvent.OutboxLost(
                self.gateway(), self.site(), self.clock().instant(), first, next, results, deadLetters, others);
    }

    /** What this record tells of, if it tells of a loss. */
    public static Optional<Loss> of(OutboxRecord record) {
        if (record.kind() == RecordKind.EVENT
                && Json.decode(record.value(), GatewayEvent.class) instanceof GatewayEvent.OutboxLost lost) {
            return Optional.of(new Loss(lost.first(), lost.next(), lost.results(), lost.deadLetters(), lost.others()));
        }
        return Optional.empty();
    }
}
