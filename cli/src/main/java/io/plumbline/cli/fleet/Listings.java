package io.plumbline.cli.fleet;

import io.plumbline.cli.show.Utc;
import io.plumbline.cli.tool.Table;
import io.plumbline.contract.declared.AuditEntry;
import io.plumbline.contract.declared.FileVersion;
import io.plumbline.contract.declared.FleetInventory.DeclaredGateway;
import io.plumbline.contract.declared.FleetInventory.DeclaredModel;
import io.plumbline.contract.declared.FleetInventory.DeclaredStream;
import io.plumbline.contract.fleet.FleetOverview.GatewayView;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.VerdictEvent;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Tables for people at a terminal. Times are UTC. */
final class Listings {

    private Listings() {}

    static List<String> gateways(List<GatewayView> gateways, List<DeclaredGateway> declared) {
        var labels = declared.stream().collect(Collectors.toMap(DeclaredGateway::gateway, Listings::labels));
        var table = new Table("GATEWAY", "SITE", "LAST SEEN", "GENERATION", "READINGS/S", "ASSIGNED", "LABELS")
                .left(1, 2, 5, 6);
        gateways.forEach(one -> table.row(
                one.gateway().value(),
                one.site().value(),
                one.lastSeen().equals(Instant.EPOCH) ? "never" : Utc.second(one.lastSeen()),
                one.generation() == one.desiredGeneration()
                        ? Long.toString(one.generation())
                        : one.generation() + " of " + one.desiredGeneration(),
                String.format(Locale.ROOT, "%.1f", one.readingsPerSecond()),
                one.assigned().stream().map(Digest::shortHex).collect(Collectors.joining(" ")),
                labels.getOrDefault(one.gateway(), "-")));
        return table.lines();
    }

    /** Without the site, which has a column. */
    private static String labels(DeclaredGateway gateway) {
        var own = gateway.labels().entrySet().stream()
                .filter(label -> !label.getKey().equals("site"))
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(" "));
        return own.isEmpty() ? "-" : own;
    }

    static List<String> streams(List<DeclaredStream> streams) {
        var table = new Table("STREAM", "MODEL", "GATEWAYS", "SHADOW", "WINDOW", "TOPIC").left(1, 5);
        streams.forEach(one -> table.row(
                one.stream().value(),
                one.model().value(),
                Integer.toString(one.gateways().size()),
                Double.toString(one.shadowShare()),
                one.statsWindow().toString(),
                one.topic()));
        return table.lines();
    }

    static List<String> models(List<DeclaredModel> models) {
        var table = new Table("MODEL", "BUILD", "DECLARED", "ROLLOUT", "STREAMS").left(1, 2, 3, 4);
        models.forEach(one -> table.row(
                one.model().value(),
                one.settled().shortHex(),
                one.declared().shortHex(),
                one.rollout().orElse("-"),
                one.streams().stream().map(StreamId::value).collect(Collectors.joining(" "))));
        return table.lines();
    }

    static List<String> verdicts(List<VerdictEvent> verdicts) {
        var table = new Table("AT", "VERDICT", "MODEL", "BUILD", "SITE", "ID").left(1, 2, 3, 4, 5);
        verdicts.forEach(one -> table.row(
                Utc.second(one.at()),
                one.verdict().name(),
                one.cohort().model().value(),
                one.cohort().build().shortHex(),
                one.cohort().site().value(),
                one.id()));
        return table.lines();
    }

    static List<String> versions(List<FileVersion> versions) {
        var table = new Table("VERSION", "APPLIED", "AUTHOR", "REASON").left(1, 2, 3);
        versions.forEach(one -> table.row(
                Long.toString(one.version()), Utc.second(one.appliedAt()), said(one.author()), said(one.reason())));
        return table.lines();
    }

    static List<String> audit(List<AuditEntry> entries) {
        var table = new Table("AT", "WHO", "WHAT", "OF", "WHY").left(1, 2, 3, 4);
        entries.forEach(one ->
                table.row(Utc.second(one.at()), said(one.actor()), one.action(), one.subject(), said(one.reason())));
        return table.lines();
    }

    private static String said(String text) {
        return text.isEmpty() ? "-" : text.lines().collect(Collectors.joining(" "));
    }
}
