package io.plumbline.fleet.adapter.store;

import io.plumbline.contract.enrolment.EnrolmentBook;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.wire.Json;
import io.plumbline.database.Transaction;
import io.plumbline.fleet.core.control.Authorship;
import io.plumbline.fleet.core.control.Membership;
import io.plumbline.fleet.core.enrolment.EnrolmentRefusedException;
import io.plumbline.fleet.core.enrolment.Invitation;
import io.plumbline.fleet.core.enrolment.Member;
import io.plumbline.fleet.core.spec.Joiner;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Invitations, members and what is noted of both: the statements. */
final class Enrolments {

    /** Labels by name. */
    private record Labelled(Map<String, String> labels) {}

    private Enrolments() {}

    static void invite(Transaction tx, Invitation invitation, Authorship by, Instant at) throws SQLException {
        tx.update(
                "insert into invitation (token, site, labels, expires_at, author, reason) values (?, ?, ?, ?, ?, ?)",
                invitation.token().value(),
                invitation.site().map(SiteId::value).orElse(null),
                text(invitation.labels()),
                invitation.expires(),
                by.author(),
                by.reason());
        AuditTrail.note(
                tx,
                at,
                "GATEWAY_INVITED",
                invitation.site().map(site -> "site " + site).orElse("any site"),
                by);
    }

    static Optional<Invitation> invitation(Transaction tx, Digest token) throws SQLException {
        return tx
                .query(
                        "select site, labels, expires_at, used_by, used_at from invitation where token = ?",
                        row -> new Invitation(token, site(row, 1), labels(row, 2), time(row, 3), use(row)),
                        token.value())
                .stream()
                .findFirst();
    }

    /** Those that nobody has used and that have not expired. */
    static List<EnrolmentBook.Open> open(Transaction tx, Instant now) throws SQLException {
        return tx.query(
                "select site, labels, expires_at, author, reason from invitation"
                        + " where used_at is null and expires_at > ? order by expires_at, token",
                row -> new EnrolmentBook.Open(
                        site(row, 1), labels(row, 2), time(row, 3), row.getString(4), row.getString(5)),
                now);
    }

    static Map<GatewayId, Member> members(Transaction tx) throws SQLException {
        return tx
                .query(
                        "select gateway, site, labels, credential, enrolled_at, removed_at from member",
                        row -> new Member(
                                new Joiner(
                                        new GatewayId(row.getString(1)), new SiteId(row.getString(2)), labels(row, 3)),
                                new Digest(row.getString(4)),
                                time(row, 5),
                                maybe(row, 6)))
                .stream()
                .collect(Collectors.toMap(member -> member.joiner().gateway(), Function.identity()));
    }

    /** The row of the token is what two who show it at once meet at: the second finds it used. */
    static void write(Transaction tx, Membership change) throws SQLException {
        var member = change.member();
        var gateway = member.joiner().gateway().value();
        if (change instanceof Membership.Joined joined) {
            if (tx.update(
                            "update invitation set used_by = ?, used_at = ? where token = ? and used_at is null",
                            gateway,
                            member.enrolled(),
                            joined.token().value())
                    == 0) {
                throw EnrolmentRefusedException.ofToken("has been used, and works once");
            }
            tx.update("delete from member where gateway = ?", gateway);
            tx.update(
                    "insert into member (gateway, site, labels, credential, enrolled_at) values (?, ?, ?, ?, ?)",
                    gateway,
                    member.joiner().site().value(),
                    text(member.joiner().labels()),
                    member.credential().value(),
                    member.enrolled());
            AuditTrail.note(tx, member.enrolled(), "GATEWAY_ENROLLED", gateway, invitedBy(tx, gateway, joined.token()));
        } else if (change instanceof Membership.Left left) {
            var at = member.removed().orElseThrow();
            tx.update("update member set removed_at = ? where gateway = ?", at, gateway);
            AuditTrail.note(tx, at, "GATEWAY_REMOVED", gateway, left.by());
        }
    }

    private static Authorship invitedBy(Transaction tx, String gateway, Digest token) throws SQLException {
        var invitation = tx.query(
                        "select author, reason from invitation where token = ?",
                        row -> new Authorship(row.getString(1), row.getString(2)),
                        token.value())
                .get(0);
        return new Authorship(
                "gateway " + gateway,
                invitation.reason().isEmpty() ? "invited by " + invitation.author() : invitation.reason());
    }

    private static Optional<Invitation.Use> use(ResultSet row) throws SQLException {
        var gateway = row.getString(4);
        return gateway == null
                ? Optional.empty()
                : Optional.of(new Invitation.Use(new GatewayId(gateway), time(row, 5)));
    }

    private static Optional<SiteId> site(ResultSet row, int column) throws SQLException {
        return Optional.ofNullable(row.getString(column)).map(SiteId::new);
    }

    private static Instant time(ResultSet row, int column) throws SQLException {
        return maybe(row, column).orElseThrow();
    }

    private static Optional<Instant> maybe(ResultSet row, int column) throws SQLException {
        @Nullable OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return Optional.ofNullable(time).map(OffsetDateTime::toInstant);
    }

    private static String text(Map<String, String> labels) {
        return new String(Json.encode(new Labelled(labels)), StandardCharsets.UTF_8);
    }

    private static Map<String, String> labels(ResultSet row, int column) throws SQLException {
        return Json.decode(row.getString(column).getBytes(StandardCharsets.UTF_8), Labelled.class)
                .labels();
    }
}
