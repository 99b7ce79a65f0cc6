package io.plumbline.fleet.adapter.store;

import io.plumbline.contract.declared.AuditEntry;
import io.plumbline.contract.declared.FileVersion;
import io.plumbline.contract.enrolment.EnrolmentBook;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.contract.wire.Json;
import io.plumbline.database.Database;
import io.plumbline.database.Transaction;
import io.plumbline.fleet.core.control.ControlPlane;
import io.plumbline.rollout.log.Decided;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** What was decided before, and what of it is still to be announced. Thread-safe. */
public final class SqlHistory {

    /** How far back is looked for a decision that knew something. */
    private static final int DECISIONS = 20;

    private final DataSource database;

    public SqlHistory(Database database) {
        this.database = database.source();
    }

    /** An announcement that has not been confirmed. */
    public record Unannounced(long number, RolloutEvent event) {}

    /** Newest first. */
    public List<FileVersion> versions() {
        return Transaction.run(
                database,
                tx -> tx.query(
                        "select version, applied_at, author, reason from fleet_version order by version desc",
                        row -> new FileVersion(
                                row.getLong(1),
                                row.getObject(2, OffsetDateTime.class).toInstant(),
                                row.getString(3),
                                row.getString(4))));
    }

    /** The text of a version of the fleet file. */
    public Optional<String> version(long version) {
        return Transaction.run(
                        database,
                        tx -> tx.query(
                                "select content from fleet_version where version = ?",
                                row -> row.getString(1),
                                version))
                .stream()
                .findFirst();
    }

    /** Every stage of a rollout, oldest first; empty if there is no such rollout. */
    public List<RolloutEvent> rollout(String id) {
        return Transaction.run(
                database,
                tx -> tx.query(
                        "select content from rollout_event where rollout = ? order by revision",
                        row -> event(row.getString(1)),
                        id));
    }

    /** What a state of a rollout was decided from, as it was logged; empty if there is no such state or it is older than the log. */
    public Optional<byte[]> decision(String id, long revision) {
        return Transaction.run(
                        database,
                        tx -> tx.query(
                                "select content from rollout_decision where rollout = ? and revision = ?",
                                row -> Packed.unpack(row.getBytes(1)),
                                id,
                                revision))
                .stream()
                .findFirst();
    }

    /** What the newest of the last decisions on a rollout was made from that knew something of its gateways; empty if none did. */
    public Optional<ControlPlane.Seen> lastSeen(String id) {
        var newest = rollout(id).size();
        for (var revision = newest; revision > Math.max(0, newest - DECISIONS); revision--) {
            var seen = decision(id, revision)
                    .map(log -> Json.decode(log, Decided.class))
                    .flatMap(ControlPlane.Seen::when);
            if (seen.isPresent()) {
                return seen;
            }
        }
        return Optional.empty();
    }

    /** Invitations that are open, and everybody who came by one. */
    public EnrolmentBook enrolments(Instant now) {
        return Transaction.run(
                database,
                tx -> new EnrolmentBook(
                        Enrolments.members(tx).values().stream()
                                .map(member -> new EnrolmentBook.Entry(
                                        member.joiner().gateway(),
                                        member.joiner().site(),
                                        member.joiner().labels(),
                                        member.enrolled(),
                                        member.removed()))
                                .sorted(Comparator.comparing(EnrolmentBook.Entry::gateway))
                                .toList(),
                        Enrolments.open(tx, now)));
    }

    /** What people did to the fleet, its file, its rollouts and its silences, and which gateways came, newest first. */
    public List<AuditEntry> audit(int limit) {
        return audit(AuditTrail.Cursor.NEWEST, limit).entries();
    }

    /** The same from where an earlier answer ended. */
    public AuditTrail.Page audit(AuditTrail.Cursor from, int limit) {
        return Transaction.run(database, tx -> AuditTrail.page(tx, from, limit));
    }

    /** The oldest announcements that are still to be made, in order. */
    public List<Unannounced> unannounced(int limit) {
        return Transaction.run(
                database,
                tx -> tx.query(
                        "select number, content from rollout_event where announced = false order by number"
                                + " fetch first " + limit + " rows only",
                        row -> new Unannounced(row.getLong(1), event(row.getString(2)))));
    }

    /** The announcement has been confirmed. */
    public void announced(long number) {
        Transaction.run(
                database, tx -> tx.update("update rollout_event set announced = true where number = ?", number));
    }

    /** Whether the announcement of this state has been confirmed. */
    public boolean isAnnounced(String rollout, long revision) {
        return !Transaction.run(
                        database,
                        tx -> tx.query(
                                "select number from rollout_event where announced = true and rollout = ? and revision = ?",
                                row -> row.getLong(1),
                                rollout,
                                revision))
                .isEmpty();
    }

    /** The announcement is to be made again. */
    public void lost(String rollout, long revision) {
        Transaction.run(
                database,
                tx -> tx.update(
                        "update rollout_event set announced = false where rollout = ? and revision = ?",
                        rollout,
                        revision));
    }

    private static RolloutEvent event(String json) {
        return Json.decode(json.getBytes(StandardCharsets.UTF_8), RolloutEvent.class);
    }
}
