package io.plumbline.contract.fleet;

import io.plumbline.contract.message.Alert;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Alerts, silences and how the telling of them goes: {@code GET /api/v1/alerts}.
 *
 * @param alerts open ones first, then by severity, then the newest
 * @param silences that are or will be in force, the one that ends first at the top
 * @param sinks in the order of the fleet file, after the topic
 */
public record AlertBoard(List<Alert> alerts, List<AlertSilence> silences, List<SinkView> sinks) {

    public AlertBoard {
        alerts = List.copyOf(alerts);
        silences = List.copyOf(silences);
        sinks = List.copyOf(sinks);
    }

    /**
     * Where alerts are told.
     *
     * @param waiting letters that are still to be delivered
     * @param oldest when the oldest of them was written; empty if there are none
     * @param undeliverable letters that were given up, of the last 30 days
     * @param problem why the last attempt of a waiting or given up letter failed, or what was wrong with the newest one that was delivered;
     *     empty if there is none
     */
    public record SinkView(
            String name, long waiting, Optional<Instant> oldest, long undeliverable, Optional<String> problem) {}
}
