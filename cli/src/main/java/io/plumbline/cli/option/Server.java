package io.plumbline.cli.option;

import io.plumbline.client.ClientException;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;

/** A server and its token, both from one place: a token does not go to another server than the one it was given for. */
record Server(URI url, Optional<Token> token) {

    /**
     * How people name a server.
     *
     * @param option of the command line
     * @param variable of the environment
     * @param profile its place in a profile, and how to get it
     * @param usual where nobody says anything
     */
    record Naming(
            String option, String variable, String profile, Function<Profile, Optional<String>> get, String usual) {}

    /** @param typed behind the option */
    static Server of(Naming naming, Optional<String> typed, ProfileOption profile, Surroundings here)
            throws ClientException {
        var said = here.variable(naming.variable());
        if (typed.isPresent()) {
            var url = new Choice(naming.option(), typed.get()).url();
            return new Server(
                    url, profile.isNamed() ? profile.chosen(here).token() : forTyped(url, naming.variable(), here));
        }
        if (!profile.isNamed() && said.isPresent()) {
            return new Server(new Choice(naming.variable(), said.get()).url(), Token.of(here));
        }
        var chosen = profile.chosen(here);
        var url = new Choice(naming.profile(), naming.get().apply(chosen).orElse(naming.usual())).url();
        return new Server(url, chosen.equals(Profile.NONE) ? Token.of(here) : chosen.token());
    }

    /** The environment's, unless that is for a server of its own. */
    private static Optional<Token> forTyped(URI url, String variable, Surroundings here) throws ClientException {
        var said = here.variable(variable);
        var isForAnother = said.isPresent() && !url.equals(new Choice(variable, said.get()).url());
        return isForAnother ? Optional.empty() : Token.of(here);
    }
}
