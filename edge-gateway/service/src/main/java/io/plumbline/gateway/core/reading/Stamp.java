package io.plumbline.gateway.core.reading;

import java.time.Instant;
import java.util.Map;

/**
 * What came with a payload.
 *
 * @param properties MQTT user properties; of equal names the last
 * @param receivedAt wall clock
 */
public record Stamp(Map<String, String> properties, Instant receivedAt) {

    /** Property that says the device time, ISO-8601. */
    public static final String TIME = "time";

    /** Property with a whole number that tells apart what a device sent at one moment. */
    public static final String SEQUENCE = "seq";
}
