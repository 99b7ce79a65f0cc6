package io.plumbline.cli.option;

import io.plumbline.cli.client.EnrolmentClient;
import io.plumbline.cli.client.FleetClient;
import io.plumbline.cli.client.FleetFileClient;
import io.plumbline.cli.client.RolloutClient;
import io.plumbline.client.ClientException;
import java.net.URI;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which control plane, as whom, and how to print. */
public final class FleetAddress {

    private static final String USUAL = "http://localhost:8083";
    private static final Server.Naming NAMING =
            new Server.Naming("--fleet", "PLUMBLINE_FLEET", "the profile's fleet", Profile::fleet, USUAL);

    @Option(
            names = "--fleet",
            paramLabel = "URL",
            description =
                    "The control plane (default: that of --profile, or $PLUMBLINE_FLEET, or the usual profile's, or "
                            + USUAL + ").")
    private Optional<String> fleet = Optional.empty();

    @Mixin
    private ProfileOption profile = new ProfileOption();

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

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
        return server().url();
    }

    /** From the environment or the profile; one on the command line could be read by everybody on this machine. */
    private Optional<String> token() throws ClientException {
        var token = server().token();
        return token.isPresent() ? Optional.of(token.get().read(Surroundings.of(command))) : Optional.empty();
    }

    private Server server() throws ClientException {
        return Server.of(NAMING, fleet, profile, Surroundings.of(command));
    }
}
