package io.plumbline.contract.login;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A name and a password, of which a text form shows the name alone. */
record Credentials(String user, String password) {

    /** The value of an {@code Authorization} header (RFC 7617). */
    String basic() {
        var pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    @Override
    public String toString() {
        return user + ":***";
    }
}
