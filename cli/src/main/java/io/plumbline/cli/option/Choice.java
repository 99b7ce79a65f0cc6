package io.plumbline.cli.option;

import io.plumbline.cli.client.ClientException;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;

/** Where the address of a server comes from, when it is not on the command line. */
final class Choice {

    private Choice() {}

    /** Of a profile that is asked for by name; else of the environment; else of the usual profile. */
    static Optional<String> of(String variable, Optional<String> profile, Function<Profile, Optional<String>> address)
            throws ClientException {
        var said = Optional.ofNullable(System.getenv(variable));
        return profile.isEmpty() && said.isPresent() ? said : address.apply(Profile.chosen(profile));
    }

    static URI url(String option, String text) throws ClientException {
        try {
            var url = URI.create(text);
            if (url.getHost() != null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw notAUrl(option, text, e);
        }
        throw notAUrl(option, text, new IllegalArgumentException("no host"));
    }

    private static ClientException notAUrl(String option, String text, IllegalArgumentException cause) {
        return new ClientException(option + " " + text + " must look like http://host:port", cause);
    }
}
