package io.plumbline.cli.option;

import io.plumbline.client.ClientException;
import java.net.URI;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which registry, and how to print. */
public final class RegistryAddress {

    private static final String USUAL = "http://localhost:8084";

    @Option(
            names = "--registry",
            paramLabel = "URL",
            description =
                    "The registry (default: that of --profile, or $PLUMBLINE_REGISTRY, or the usual profile's, or "
                            + USUAL + ").")
    private Optional<String> registry = Optional.empty();

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description =
                    "Servers by name, from ~/.config/plumbline/profiles.yaml (default: $PLUMBLINE_PROFILE, or the file's usual).")
    private Optional<String> profile = Optional.empty();

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    public boolean json() {
        return json;
    }

    public URI url() throws ClientException {
        return url(registry, profile, Surroundings.of(command));
    }

    /**
     * Which registry is meant.
     *
     * @param typed on the command line
     * @param profile asked for by name
     */
    public static URI url(Optional<String> typed, Optional<String> profile, Surroundings here) throws ClientException {
        if (typed.isPresent()) {
            return new Choice("--registry", typed.get()).url();
        }
        var said = here.variable("PLUMBLINE_REGISTRY");
        if (profile.isEmpty() && said.isPresent()) {
            return new Choice("PLUMBLINE_REGISTRY", said.get()).url();
        }
        var chosen = Profile.chosen(profile, here).registry().orElse(USUAL);
        return new Choice("the profile's registry", chosen).url();
    }
}
