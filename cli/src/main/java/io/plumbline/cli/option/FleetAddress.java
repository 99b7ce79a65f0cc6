package io.plumbline.cli.option;

import io.plumbline.cli.client.ClientException;
import java.net.URI;
import picocli.CommandLine.Option;

/** Which control plane, and how to print. */
public final class FleetAddress {

    @Option(
            names = "--fleet",
            paramLabel = "URL",
            description = "The control plane (default: $PLUMBLINE_FLEET, or http://localhost:8083).")
    private String fleet = System.getenv().getOrDefault("PLUMBLINE_FLEET", "http://localhost:8083");

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    public boolean json() {
        return json;
    }

    public URI url() throws ClientException {
        try {
            var url = URI.create(fleet);
            if (url.getHost() != null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw notAUrl(e);
        }
        throw notAUrl(new IllegalArgumentException("no host"));
    }

    private ClientException notAUrl(IllegalArgumentException cause) {
        return new ClientException("--fleet " + fleet + " must look like http://host:port", cause);
    }
}
