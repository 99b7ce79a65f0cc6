package io.plumbline.gateway.core.trace;

import io.plumbline.contract.message.DeadLetterReason;
import java.util.Map;

/** A message on its way. Each step is told when it ends; what is not followed costs nothing. Belongs to the reading path's thread. */
public interface Followed {

    /** A message that nobody follows. */
    Followed NOT = new Followed() {};

    /** The payload became a reading or frame. */
    default void decoded() {}

    /** The model answered, or the device's window still fills. */
    default void answered() {}

    /** It went to the dead letters, and is followed no further. */
    default void refused(DeadLetterReason reason) {}

    /** It was taken before, or is another gateway's, and is followed no further. */
    default void passedOver() {}

    /** Its record is durable. */
    default void kept() {}

    /** Headers of its Kafka record, by which whoever reads it can go on following. */
    default Map<String, String> headers() {
        return Map.of();
    }
}
