package io.plumbline.cli.option;

import io.plumbline.client.ClientException;
import java.net.URI;

/** An address as somebody wrote it, and where: on the command line, in a variable, in a profile. */
public record Choice(String place, String text) {

    /** @throws ClientException if it is none */
    public URI url() throws ClientException {
        try {
            var url = URI.create(text);
            if (url.getHost() != null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw wrong(e);
        }
        throw wrong(new IllegalArgumentException("no host"));
    }

    private ClientException wrong(IllegalArgumentException cause) {
        return new ClientException(place + " " + text + " must look like http://host:port", cause);
    }
}
