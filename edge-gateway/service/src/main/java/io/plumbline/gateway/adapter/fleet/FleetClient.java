package io.plumbline.gateway.adapter.fleet;

import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.fleet.Glimpse;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.gateway.core.assignment.AssignmentSource;
import io.plumbline.gateway.core.glimpse.Viewers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * {@code GET /api/v1/gateways/{gateway}/assignment} with the generation as ETag and a long poll, and {@code PUT .../glimpses}. Thread-safe.
 */
public final class FleetClient implements AssignmentSource, Viewers {

    private static final Duration MARGIN = Duration.ofSeconds(10);
    private static final Duration SHOWING = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    private static final int NOT_FOUND = 404;
    private static final int UNAUTHORIZED = 401;

    private final HttpClient http;
    private final URI assignment;
    private final URI glimpses;
    private final GatewayId gateway;
    private final Optional<String> secret;

    /** Of a gateway that the fleet file names. */
    public FleetClient(HttpClient http, URI fleet, GatewayId gateway) {
        this(http, fleet, gateway, Optional.empty());
    }

    /** @param secret shown with every request; empty for a gateway that the fleet file names */
    public FleetClient(HttpClient http, URI fleet, GatewayId gateway, Optional<String> secret) {
        this.secret = secret;
        this.http = http;
        this.assignment = fleet.resolve("/api/v1/gateways/" + gateway + "/assignment");
        this.glimpses = fleet.resolve("/api/v1/gateways/" + gateway + "/glimpses");
        this.gateway = gateway;
    }

    @Override
    public Optional<Assignment> next(long known, Duration wait) throws IOException, InterruptedException {
        var response = http.send(request(known, wait), HttpResponse.BodyHandlers.ofByteArray());
        return switch (response.statusCode()) {
            case OK -> Optional.of(decode(response.body()));
            case NOT_MODIFIED, NOT_FOUND -> Optional.empty();
            case UNAUTHORIZED ->
                throw new IOException(
                        "the control plane does not know this gateway's secret: " + gateway
                                + " was enrolled again elsewhere, or the secret in its folder is not the one that it was let in with");
            default -> throw new IOException("the control plane answers " + response.statusCode());
        };
    }

    private HttpRequest request(long known, Duration wait) {
        var uri = URI.create(assignment + "?wait=" + wait.toSeconds() + "s");
        var request = HttpRequest.newBuilder(uri).timeout(wait.plus(MARGIN));
        if (known >= 0) {
            request.header("If-None-Match", "\"" + known + "\"");
        }
        secret.ifPresent(own -> request.header("Authorization", "Bearer " + own));
        return request.build();
    }

    @Override
    public void show(Glimpse glimpse) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(glimpses)
                .timeout(SHOWING)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(Json.encode(glimpse)));
        secret.ifPresent(own -> request.header("Authorization", "Bearer " + own));
        var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != NO_CONTENT) {
            throw new IOException("the control plane answers " + response.statusCode() + " " + response.body());
        }
    }

    private Assignment decode(byte[] body) throws IOException {
        try {
            var decoded = Json.decode(body, Assignment.class);
            if (!decoded.gateway().equals(gateway)) {
                throw new IOException("the assignment is for " + decoded.gateway() + ", not for " + gateway);
            }
            return decoded;
        } catch (MalformedMessageException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
