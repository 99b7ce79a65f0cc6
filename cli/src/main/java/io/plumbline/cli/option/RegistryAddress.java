package io.plumbline.cli.option;

import io.plumbline.cli.client.ClientException;
import java.net.URI;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which registry, and how to print. */
public final class RegistryAddress {

    private static final String USUAL = "http://localhost:8084";

    @Option(
            names = "--registry",
            paramLabel = "URL",
            description = "The registry (default: the profile's, or $PLUMBLINE_REGISTRY, or " + USUAL + ").")
    private Optional<String> registry = Optional.empty();

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description =
                    "Servers by name, from ~/.config/plumbline/profiles.yaml (default: $PLUMBLINE_PROFILE, or the file's usual).")
    private Optional<String> profile = Optional.empty();

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    public boolean json() {
        return json;
    }

    public URI url() throws ClientException {
        var chosen = registry.isPresent() ? registry : Choice.of("PLUMBLINE_REGISTRY", profile, Profile::registry);
        return Choice.url("--registry", chosen.orElse(USUAL));
    }
}
