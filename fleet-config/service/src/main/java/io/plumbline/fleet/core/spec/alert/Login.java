package io.plumbline.fleet.core.spec.alert;

import io.plumbline.contract.wire.Require;
import java.util.Optional;

/**
 * As whom to speak to a server.
 *
 * @param user empty for nobody
 * @param password there exactly if the user is
 */
public record Login(Optional<String> user, Optional<Secret> password) {

    public static final Login NONE = new Login(Optional.empty(), Optional.empty());

    public Login {
        Require.that(user.isPresent() == password.isPresent(), "user and password must both be there, or neither");
    }
}
