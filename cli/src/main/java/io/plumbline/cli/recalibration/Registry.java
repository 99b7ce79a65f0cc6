package io.plumbline.cli.recalibration;

import io.plumbline.cli.client.ClientException;
import io.plumbline.cli.client.RecalibrationClient;
import java.net.URI;
import picocli.CommandLine.Option;

/** Which registry, and how to print. */
final class Registry {

    @Option(
            names = "--registry",
            paramLabel = "URL",
            description = "The registry (default: $PLUMBLINE_REGISTRY, or http://localhost:8084).")
    private String registry = System.getenv().getOrDefault("PLUMBLINE_REGISTRY", "http://localhost:8084");

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    boolean json() {
        return json;
    }

    RecalibrationClient client() throws ClientException {
        try {
            var url = URI.create(registry);
            if (url.getHost() != null) {
                return new RecalibrationClient(url);
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
