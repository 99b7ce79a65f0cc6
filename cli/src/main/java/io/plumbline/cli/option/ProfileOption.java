package io.plumbline.cli.option;

import io.plumbline.client.ClientException;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which profile. */
public final class ProfileOption {

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description =
                    "Servers and token by name, from ~/.config/plumbline/profiles.yaml (default: $PLUMBLINE_PROFILE, or the file's usual).")
    private Optional<String> name = Optional.empty();

    /** Whether one was asked for by name: it comes before the environment. */
    boolean isNamed() {
        return name.isPresent();
    }

    Profile chosen(Surroundings here) throws ClientException {
        return Profile.chosen(name, here);
    }
}
