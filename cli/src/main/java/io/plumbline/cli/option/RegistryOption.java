package io.plumbline.cli.option;

import io.plumbline.client.ClientException;
import java.net.URI;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which registry, where the command has a profile anyway. */
public final class RegistryOption {

    private static final String USUAL = "http://localhost:8084";

    @Option(
            names = "--registry",
            paramLabel = "URL",
            description =
                    "The registry (default: that of --profile, or $PLUMBLINE_REGISTRY, or the usual profile's, or "
                            + USUAL + ").")
    private Optional<String> registry = Optional.empty();

    public URI url(ProfileOption profile, Surroundings here) throws ClientException {
        if (registry.isPresent()) {
            return new Choice("--registry", registry.get()).url();
        }
        var said = here.variable("PLUMBLINE_REGISTRY");
        if (!profile.isNamed() && said.isPresent()) {
            return new Choice("PLUMBLINE_REGISTRY", said.get()).url();
        }
        var chosen = profile.chosen(here).registry().orElse(USUAL);
        return new Choice("the profile's registry", chosen).url();
    }
}
