package io.plumbline.cli.client;

import io.plumbline.client.ClientException;
import io.plumbline.client.Http;
import io.plumbline.contract.fleet.AlertBoard;
import io.plumbline.contract.fleet.AlertSilence;
import io.plumbline.contract.fleet.FleetOverview;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.Alert;
import io.plumbline.contract.message.AlertKind;
import io.plumbline.contract.message.AlertSeverity;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Talks to the control plane. */
public final class FleetClient {

    private final Http http;

    public FleetClient(URI fleet) {
        this(fleet, Optional.empty());
    }

    /** @param token sent as bearer token; empty for none */
    public FleetClient(URI fleet, Optional<String> token) {
        this.http = new Http("control plane", fleet, token);
    }

    /** Makes this the fleet's configuration. */
    public void apply(String fleetYaml) throws ClientException {
        http.expectSuccess(http.request("/api/v1/fleet")
                .header("Content-Type", "application/yaml")
                .PUT(BodyPublishers.ofString(fleetYaml))
                .build());
    }

    public FleetOverview overview() throws ClientException {
        return http.get("/api/v1/overview", FleetOverview.class);
    }

    /** Every alert that is remembered, the silences, and how the telling goes. */
    public AlertBoard alerts() throws ClientException {
        return http.get("/api/v1/alerts", AlertBoard.class);
    }

    /** Somebody looks after an alert. */
    public Alert acknowledge(String id, String by, String note) throws ClientException {
        var path = "/api/v1/alerts/" + Http.segment(id) + "/acknowledge";
        return http.post(path, Map.of("by", by, "note", note), Alert.class);
    }

    /** A silence that is asked for; the control plane names it. */
    public record WantedSilence(
            Optional<ModelName> model,
            Optional<SiteId> site,
            Optional<AlertKind> kind,
            Optional<AlertSeverity> severity,
            Optional<Instant> from,
            Duration lasting,
            String by,
            String reason) {}

    /** Holds alerts back. */
    public AlertSilence silence(WantedSilence wanted) throws ClientException {
        return http.post("/api/v1/silences", wanted, AlertSilence.class);
    }

    /** Ends a silence. */
    public void unsilence(String id, String by) throws ClientException {
        var path = "/api/v1/silences/" + Http.segment(id) + "?by=" + Http.segment(by);
        http.expectSuccess(http.request(path).DELETE().build());
    }
}
