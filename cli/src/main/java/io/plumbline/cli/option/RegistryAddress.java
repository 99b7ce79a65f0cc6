package io.plumbline.cli.option;

import io.plumbline.cli.client.ClientException;
import java.net.URI;
import picocli.CommandLine.Option;

/** Which registry, and how to print. */
public final class RegistryAddress {

    @Option(
            names = "--registry",
            paramLabel = "URL",
            description = "The registry (default: $PLUMBLINE_REGISTRY, or http://localhost:8084).")
    private String registry = System.getenv().getOrDefault("PLUMBLINE_REGISTRY", "http://localhost:8084");

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    public boolean json() {
        return json;
    }

    public URI url() throws ClientException {
        try {
            var url = URI.create(registry);
            if (url.getHost() != null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw notAUrl(e);
        }
        throw notAUrl(new IllegalArgumentException("no host"));
    }

    private ClientException notAUrl(IllegalArgumentException cause) {
        return new ClientException("--registry " + registry + " must look like http://host:port", cause);
    }
}
