package io.plumbline.gateway.adapter.enrolment;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.gateway.adapter.disk.GatewayFolder;
import io.plumbline.gateway.config.IllegalConfigurationException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/** The identity as one JSON file that nobody but the owner can read, replaced whole. */
final class IdentityFile {

    private static final int SECRET_BYTES = 32;

    private final Path file;

    IdentityFile(Path file) {
        this.file = file;
    }

    /**
     * What is kept.
     *
     * @param gateway empty while the gateway has not been let in
     * @param site the same
     */
    record Kept(String secret, Optional<GatewayId> gateway, Optional<SiteId> site) {

        Optional<Identity> identity() {
            return gateway.flatMap(name -> site.map(place -> new Identity(name, place, Optional.of(secret))));
        }

        @Override
        public String toString() {
            return "Kept[secret=***, gateway=" + gateway + ", site=" + site + "]";
        }
    }

    Optional<Kept> read() throws IOException {
        try {
            return GatewayFolder.read(file).map(bytes -> Json.decode(bytes, Kept.class));
        } catch (MalformedMessageException e) {
            throw new IllegalConfigurationException(
                    "plumbline.gateway.data-dir",
                    file.toString(),
                    "holds no identity that can be read; delete it and start the gateway with a new token");
        }
    }

    /** Makes a secret, on disk before anybody hears of it: an enrolment whose answer is lost can be repeated with it. */
    Kept begin() throws IOException {
        var bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        var secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return write(new Kept(secret, Optional.empty(), Optional.empty()));
    }

    Kept write(Kept kept) throws IOException {
        GatewayFolder.replaceSecret(file, Json.encode(kept));
        return kept;
    }
}
