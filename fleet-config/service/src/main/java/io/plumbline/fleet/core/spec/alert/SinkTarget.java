package io.plumbline.fleet.core.spec.alert;

import io.plumbline.contract.message.AlertChange;
import io.plumbline.contract.wire.Require;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** What kind of place alerts are told at, and its address. */
public sealed interface SinkTarget
        permits SinkTarget.Topic, SinkTarget.Webhook, SinkTarget.Alertmanager, MqttTarget, MailTarget {

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

        public Webhook {
            requireHttp(url);
        }

        @Override
        public boolean tells(AlertChange change) {
            return true;
        }
    }

    /**
     * Prometheus Alertmanager, API v2. It forgets what it is not told again, so open alerts are renewed.
     *
     * @param url what is before {@code /api/v2/alerts}
     * @param token sent as bearer token; empty for none
     */
    record Alertmanager(URI url, Optional<Secret> token) implements SinkTarget {

        public Alertmanager {
            requireHttp(url);
            Require.that(
                    url.getRawQuery() == null && url.getRawFragment() == null,
                    "the URL of an Alertmanager must be what is before /api/v2/alerts, like http://host:9093");
        }
    }

    private static void requireHttp(URI url) {
        Require.that(
                url.getScheme() != null && List.of("http", "https").contains(url.getScheme()) && url.getHost() != null,
                "the URL must look like https://host/path");
        Require.that(
                url.getRawUserInfo() == null,
                "the URL must not hold a user or password; a fleet file is kept where many read it");
    }
}
