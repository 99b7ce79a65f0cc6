package io.plumbline.contract.fleet;

import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.Alert;
import io.plumbline.contract.message.AlertKind;
import io.plumbline.contract.message.AlertSeverity;
import io.plumbline.contract.wire.Require;
import java.time.Instant;
import java.util.Optional;

/**
 * Holds alerts back for a time: those that have everything that it names. One that names nothing holds back all.
 *
 * @param id given by the control plane
 * @param from wall-clock time, inclusive
 * @param until wall-clock time, exclusive
 * @param by who asked for it
 * @param reason why
 * @param ended who ended it before its time; empty if nobody did, or nobody noted it
 */
public record AlertSilence(
        String id,
        Optional<ModelName> model,
        Optional<SiteId> site,
        Optional<AlertKind> kind,
        Optional<AlertSeverity> severity,
        Instant from,
        Instant until,
        String by,
        String reason,
        Optional<Ended> ended) {

    /** @param by empty if nobody said */
    public record Ended(String by, Instant at) {}

    /** One that nobody has ended. */
    public AlertSilence(
            String id,
            Optional<ModelName> model,
            Optional<SiteId> site,
            Optional<AlertKind> kind,
            Optional<AlertSeverity> severity,
            Instant from,
            Instant until,
            String by,
            String reason) {
        this(id, model, site, kind, severity, from, until, by, reason, Optional.empty());
    }

    public AlertSilence {
        Require.notEmpty("id", id);
        Require.that(!by.isBlank(), "by must say who silences");
        Require.that(!reason.isBlank(), "reason must say why it is silenced");
        Require.that(from.isBefore(until), "until " + until + " must be after from " + from);
    }

    /** Whether it holds this alert back at this time. */
    public boolean holds(Alert alert, Instant now) {
        return !now.isBefore(from)
                && now.isBefore(until)
                && (model.isEmpty() || model.equals(alert.subject().model()))
                && (site.isEmpty() || site.equals(alert.subject().site()))
                && kind.map(one -> one == alert.kind()).orElse(true)
                && severity.map(one -> one == alert.severity()).orElse(true);
    }
}
