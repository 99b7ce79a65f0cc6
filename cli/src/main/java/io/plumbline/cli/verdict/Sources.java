package io.plumbline.cli.verdict;

import io.plumbline.cli.client.ClientException;
import io.plumbline.cli.client.RegistryClient;
import java.net.URI;
import picocli.CommandLine.Option;

/** Where the past is. */
final class Sources {

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            description = "The Kafka that Plumbline uses (default: $PLUMBLINE_KAFKA, or localhost:9092).")
    private String kafka = System.getenv().getOrDefault("PLUMBLINE_KAFKA", "localhost:9092");

    @Option(
            names = "--registry",
            paramLabel = "URL",
            description = "The registry that has the builds (default: $PLUMBLINE_REGISTRY, or http://localhost:8084).")
    private String registry = System.getenv().getOrDefault("PLUMBLINE_REGISTRY", "http://localhost:8084");

    String kafka() {
        return kafka;
    }

    RegistryClient registry() throws ClientException {
        try {
            var url = URI.create(registry);
            if (url.getHost() != null) {
                return new RegistryClient(url);
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
