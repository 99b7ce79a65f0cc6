package io.plumbline.cli.option;

import io.plumbline.client.ClientException;
import io.plumbline.client.Http;
import io.plumbline.contract.login.Authorization;
import io.plumbline.contract.login.LoginException;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which registry, where the command has a profile anyway. */
public final class RegistryOption {

    private static final String USUAL = "http://localhost:8084";
    private static final Server.Naming NAMING =
            new Server.Naming("--registry", "PLUMBLINE_REGISTRY", "the profile's registry", Profile::registry, USUAL);

    @Option(
            names = "--registry",
            paramLabel = "URL",
            description =
                    "The registry (default: that of --profile, or $PLUMBLINE_REGISTRY, or the usual profile's, or "
                            + USUAL + ").")
    private Optional<String> registry = Optional.empty();

    /** Shows the token to a registry that asks for one, and only where it belongs. */
    public Http server(ProfileOption profile, Surroundings here) throws ClientException {
        var server = Server.of(NAMING, registry, profile, here);
        return server.token()
                .map(token -> Http.asked(
                        "registry", server.url(), Authorization.ofToken(server.url(), () -> read(token, here))))
                .orElseGet(() -> new Http("registry", server.url()));
    }

    private static String read(Token token, Surroundings here) throws LoginException {
        try {
            return token.read(here);
        } catch (ClientException e) {
            throw new LoginException(String.valueOf(e.getMessage()), e);
        }
    }
}
