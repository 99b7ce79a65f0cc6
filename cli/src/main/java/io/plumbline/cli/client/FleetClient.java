package io.plumbline.cli.client;

import io.plumbline.contract.fleet.AlertBoard;
import io.plumbline.contract.fleet.AlertSilence;
import io.plumbline.contract.fleet.FleetOverview;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.Alert;
import io.plumbline.contract.message.AlertKind;
import io.plumbline.contract.message.AlertSeverity;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
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
        return decode(http.expectSuccess(http.request("/api/v1/overview").build()), FleetOverview.class);
    }

    /** Every alert that is remembered, the silences, and how the telling goes. */
    public AlertBoard alerts() throws ClientException {
        return decode(http.expectSuccess(http.request("/api/v1/alerts").build()), AlertBoard.class);
    }

    /** Somebody looks after an alert. */
    public Alert acknowledge(String id, String by, String note) throws ClientException {
        var body = Json.encode(Map.of("by", by, "note", note));
        return decode(post("/api/v1/alerts/" + segment(id) + "/acknowledge", body), Alert.class);
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
        return decode(post("/api/v1/silences", Json.encode(wanted)), AlertSilence.class);
    }

    /** Ends a silence. */
    public void unsilence(String id) throws ClientException {
        http.expectSuccess(
                http.request("/api/v1/silences/" + segment(id)).DELETE().build());
    }

    private HttpResponse<byte[]> post(String path, byte[] body) throws ClientException {
        return http.expectSuccess(http.request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body))
                .build());
    }

    private static String segment(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static <T> T decode(HttpResponse<byte[]> answer, Class<T> type) throws ClientException {
        try {
            return Json.decode(answer.body(), type);
        } catch (MalformedMessageException e) {
            throw new ClientException("the control plane's answer is not understood: " + e.getMessage(), e);
        }
    }
}
