package io.plumbline.fleet.core.spec.alert;

import io.plumbline.contract.message.AlertChange;
import io.plumbline.contract.wire.Require;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * E-mail by SMTP. Tells beginnings, repetitions and ends, no details.
 *
 * @param port from 1 to 65535
 * @param from one address
 * @param to at least one address
 */
public record MailTarget(String host, int port, Security security, Login login, String from, List<String> to)
        implements SinkTarget {

    private static final Set<AlertChange> TOLD = EnumSet.of(
            AlertChange.OPENED,
            AlertChange.REOPENED,
            AlertChange.UNSILENCED,
            AlertChange.REPEATED,
            AlertChange.RESOLVED);

    private static final Pattern ADDRESS = Pattern.compile("[^@\\s<>,;\"]+@[^@\\s<>,;\"]+");
    private static final int MAX_PORT = 65_535;

    /** How the connection is kept private. */
    public enum Security {
        /** Not at all. */
        NONE(25),
        /** TLS after STARTTLS; a server without it gets nothing. */
        STARTTLS(587),
        /** TLS from the beginning. */
        TLS(465);

        private final int usualPort;

        Security(int usualPort) {
            this.usualPort = usualPort;
        }

        public int usualPort() {
            return usualPort;
        }
    }

    public MailTarget {
        to = List.copyOf(to);
        Require.that(host.matches("[A-Za-z0-9.:_-]+"), "host '" + host + "' must be the name of a mail server");
        Require.that(port >= 1 && port <= MAX_PORT, "port " + port + " must be between 1 and 65535");
        requireAddress("from", from);
        Require.that(!to.isEmpty(), "to must name at least one address");
        to.forEach(address -> requireAddress("to", address));
        Require.that(
                login.user().isEmpty() || security != Security.NONE,
                "a user needs security starttls or tls; without it the password could be read on the way");
    }

    private static void requireAddress(String field, String address) {
        Require.that(
                ADDRESS.matcher(address).matches(),
                field + " '" + address + "' must be an address like ops@example.com");
    }

    @Override
    public boolean tells(AlertChange change) {
        return TOLD.contains(change);
    }
}
