package io.plumbline.fleet.core.spec;

import io.plumbline.contract.message.AlertChange;
import io.plumbline.contract.wire.Require;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** What kind of place alerts are told at, and its address. */
public sealed interface SinkTarget {

    /** Whether a change of an alert that it has been told of is told too. */
    default boolean tells(AlertChange change) {
        return change != AlertChange.REPEATED;
    }

    /** Whether open alerts are repeated here; a place that keeps a state has no use for it. */
    default boolean repeats() {
        return tells(AlertChange.REPEATED);
    }

    /** The topic {@code plumbline.alerts.v1}. */
    record Topic() implements SinkTarget {}

    /**
     * CloudEvents by POST.
     *
     * @param url http or https, without user and password
     * @param secret that signs the body; empty for no signature
     */
    record Webhook(URI url, Optional<Secret> secret) implements SinkTarget {

        private static final List<String> SCHEMES = List.of("http", "https");

        public Webhook {
            Require.that(
                    url.getScheme() != null && SCHEMES.contains(url.getScheme()) && url.getHost() != null,
                    "'" + url + "' must be a URL like https://host/path");
            Require.that(
                    url.getRawUserInfo() == null,
                    "the URL must not hold a user or password; a fleet file is kept where many read it");
        }

        @Override
        public boolean tells(AlertChange change) {
            return true;
        }
    }
}
