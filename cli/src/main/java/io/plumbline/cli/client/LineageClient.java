package io.plumbline.cli.client;

import io.plumbline.client.ClientException;
import io.plumbline.client.Http;
import io.plumbline.contract.artifact.ModelView;
import io.plumbline.contract.artifact.Sighting;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Asks the registry where builds come from, and where they run and ran. */
public final class LineageClient {

    private static final String PATH = "/api/v1/lineage/";

    private final Http http;

    public LineageClient(URI registry) {
        this(new Http("registry", registry));
    }

    /** Of a registry that may ask who one is. */
    public LineageClient(Http http) {
        this.http = http;
    }

    /** Builds that were made from this calibration. */
    public List<ModelView.Build> from(Digest calibration) throws ClientException {
        return List.of(get("calibrations/" + calibration, ModelView.Build[].class));
    }

    /** Every stretch in which this build ran somewhere; those that go on first. */
    public List<Sighting> of(Digest build) throws ClientException {
        return List.of(get("builds/" + build, Sighting[].class));
    }

    /** @param at empty for now */
    public List<Sighting> at(GatewayId gateway, Optional<Instant> at) throws ClientException {
        var when = at.map(moment -> "?at=" + moment).orElse("");
        return List.of(get("gateways/" + gateway + when, Sighting[].class));
    }

    /** From and to, exclusive. */
    public record Span(Instant from, Instant to) {}

    /** Every stretch of a gateway that overlaps this time, by stream, the oldest first. */
    public List<Sighting> between(GatewayId gateway, Span span) throws ClientException {
        return List.of(get("gateways/" + gateway + "?from=" + span.from() + "&to=" + span.to(), Sighting[].class));
    }

    /** Ends what a gateway ran last, with its last word. */
    public List<Sighting> forget(GatewayId gateway) throws ClientException {
        var request = http.request(PATH + "gateways/" + gateway).DELETE().build();
        return List.of(http.decode(http.expectSuccess(request).body(), Sighting[].class));
    }

    private <T> T get(String path, Class<T> type) throws ClientException {
        return http.get(PATH + path, type);
    }
}
