package io.plumbline.cli.client;

import io.plumbline.contract.fleet.FleetOverview;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;

/** Talks to the control plane. */
public final class FleetClient {

    private final Http http;

    public FleetClient(URI fleet) {
        this.http = new Http("control plane", fleet);
    }

    /** Makes this the fleet's configuration. */
    public void apply(String fleetYaml) throws ClientException {
        http.expectSuccess(http.request("/api/v1/fleet")
                .header("Content-Type", "application/yaml")
                .PUT(BodyPublishers.ofString(fleetYaml))
                .build());
    }

    public FleetOverview overview() throws ClientException {
        var body = http.expectSuccess(http.request("/api/v1/overview").build()).body();
        try {
            return Json.decode(body, FleetOverview.class);
        } catch (MalformedMessageException e) {
            throw new ClientException("the control plane's answer is not understood: " + e.getMessage(), e);
        }
    }
}
