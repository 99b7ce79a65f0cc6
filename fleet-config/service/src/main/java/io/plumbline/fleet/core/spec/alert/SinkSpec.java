package io.plumbline.fleet.core.spec.alert;

import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.Alert;
import io.plumbline.contract.message.AlertSeverity;
import io.plumbline.contract.wire.Require;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where alerts are told, and which.
 *
 * @param minSeverity milder ones are not told
 * @param models only alerts of these, so none of gateways; empty for all
 * @param sites only alerts of these, so none of rollouts; empty for all
 */
public record SinkSpec(
        String name, AlertSeverity minSeverity, Set<ModelName> models, Set<SiteId> sites, SinkTarget target) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,61}[a-z0-9])?");

    /** The Kafka topic: told every change of every alert, silenced or not. */
    public static final SinkSpec TOPIC =
            new SinkSpec("kafka", AlertSeverity.INFO, Set.of(), Set.of(), new SinkTarget.Topic());

    public SinkSpec {
        models = Set.copyOf(models);
        sites = Set.copyOf(sites);
        Require.that(
                NAME.matcher(name).matches(),
                "sink '" + name
                        + "' must be at most 63 of a-z, 0-9, '.', '_' and '-', with a letter or digit at both ends");
    }

    /** Whether an alert is one that it is told. */
    public boolean wants(Alert alert) {
        return alert.severity().compareTo(minSeverity) >= 0
                && (models.isEmpty()
                        || alert.subject().model().filter(models::contains).isPresent())
                && (sites.isEmpty()
                        || alert.subject().site().filter(sites::contains).isPresent());
    }
}
