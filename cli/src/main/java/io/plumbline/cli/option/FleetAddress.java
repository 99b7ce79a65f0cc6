package io.plumbline.cli.option;

import io.plumbline.cli.client.ClientException;
import io.plumbline.cli.client.EnrolmentClient;
import io.plumbline.cli.client.FleetClient;
import io.plumbline.cli.client.FleetFileClient;
import io.plumbline.cli.client.RolloutClient;
import io.plumbline.cli.option.Profile.Kept;
import java.net.URI;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which control plane, as whom, and how to print. */
public final class FleetAddress {

    private static final String USUAL = "http://localhost:8083";

    @Option(
            names = "--fleet",
            paramLabel = "URL",
            description = "The control plane (default: the profile's, or $PLUMBLINE_FLEET, or " + USUAL + ").")
    private Optional<String> fleet = Optional.empty();

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description =
                    "Servers and token by name, from ~/.config/plumbline/profiles.yaml (default: $PLUMBLINE_PROFILE, or the file's usual).")
    private Optional<String> profile = Optional.empty();

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    public boolean json() {
        return json;
    }

    public FleetClient client() throws ClientException {
        return new FleetClient(url(), token());
    }

    /** For the fleet file. */
    public FleetFileClient files() throws ClientException {
        return new FleetFileClient(url(), token());
    }

    public RolloutClient rollouts() throws ClientException {
        return new RolloutClient(url(), token());
    }

    /** For gateways that come by invitation. */
    public EnrolmentClient enrolments() throws ClientException {
        return new EnrolmentClient(url(), token());
    }

    private URI url() throws ClientException {
        var chosen = fleet.isPresent() ? fleet : Choice.of("PLUMBLINE_FLEET", profile, Profile::fleet);
        return Choice.url("--fleet", chosen.orElse(USUAL));
    }

    /** From the environment or the profile; one on the command line could be read by everybody on this machine. */
    private Optional<String> token() throws ClientException {
        var environment = System.getenv();
        if (environment.containsKey("PLUMBLINE_TOKEN") || environment.containsKey("PLUMBLINE_TOKEN_FILE")) {
            return Optional.of(new Kept(
                            Optional.ofNullable(environment.get("PLUMBLINE_TOKEN_FILE")),
                            environment.containsKey("PLUMBLINE_TOKEN")
                                    ? Optional.of("PLUMBLINE_TOKEN")
                                    : Optional.empty())
                    .read());
        }
        var kept = fleet.isPresent() && profile.isEmpty()
                ? Optional.<Kept>empty()
                : Profile.chosen(profile).token();
        return kept.isPresent() ? Optional.of(kept.get().read()) : Optional.empty();
    }
}
