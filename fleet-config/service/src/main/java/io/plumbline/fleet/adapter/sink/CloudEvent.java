package io.plumbline.fleet.adapter.sink;

import io.plumbline.contract.message.Alert;
import io.plumbline.contract.wire.Json;
import java.time.Instant;
import java.util.Locale;

/**
 * An alert as a CloudEvent 1.0 in JSON.
 *
 * @param id the alert with its revision: the same when it is sent again
 * @param type what changed: {@code io.plumbline.alert.opened} and so on
 * @param time when the trouble was over, or was last seen
 */
record CloudEvent(
        String specversion,
        String id,
        String source,
        String type,
        String subject,
        Instant time,
        String datacontenttype,
        Alert data) {

    static final String CONTENT_TYPE = "application/cloudevents+json; charset=UTF-8";

    static CloudEvent of(Alert alert) {
        return new CloudEvent(
                "1.0",
                alert.id() + "." + alert.revision(),
                "/plumbline/fleet",
                "io.plumbline.alert." + alert.change().name().toLowerCase(Locale.ROOT),
                alert.id(),
                alert.resolved().map(Alert.Resolution::at).orElse(alert.lastSeen()),
                "application/json",
                alert);
    }

    byte[] json() {
        return Json.encode(this);
    }
}
