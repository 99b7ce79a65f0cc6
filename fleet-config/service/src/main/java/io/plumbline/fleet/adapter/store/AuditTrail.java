package io.plumbline.fleet.adapter.store;

import io.plumbline.contract.declared.AuditEntry;
import io.plumbline.database.Transaction;
import io.plumbline.fleet.core.control.Authorship;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who did what, in pages. Deeds and versions of the file are in tables of their own, each with rising numbers, and are merged by their time; a
 * page ends at a number of each, so that the next has neither a gap nor an entry twice, whatever was done and however clocks were set meanwhile.
 */
public final class AuditTrail {

    private AuditTrail() {}

    /**
     * Where a page ended.
     *
     * @param deed number of the oldest deed that was shown
     * @param version the same of the file's versions
     */
    public record Cursor(long deed, long version) {

        public static final Cursor NEWEST = new Cursor(Long.MAX_VALUE, Long.MAX_VALUE);
        private static final Pattern TEXT = Pattern.compile("([0-9]{1,19})-([0-9]{1,19})");

        /** Reads what {@link #toString} wrote. */
        public static Cursor parse(String text) {
            var match = TEXT.matcher(text);
            if (!match.matches()) {
                throw new IllegalArgumentException("'" + text
                        + "' is no place in the audit: take the one that an answer named in its Link header");
            }
            return new Cursor(Long.parseLong(match.group(1)), Long.parseLong(match.group(2)));
        }

        @Override
        public String toString() {
            return deed + "-" + version;
        }
    }

    /**
     * Newest first.
     *
     * @param next where the next page begins; empty if this is the last
     */
    public record Page(List<AuditEntry> entries, Optional<Cursor> next) {

        public Page {
            entries = List.copyOf(entries);
        }
    }

    private record Numbered(long number, AuditEntry entry) {}

    /** Notes a deed, in the transaction that does it. */
    static void note(Transaction tx, Instant at, String action, String subject, Authorship by) throws SQLException {
        tx.update(
                "insert into audit (done_at, actor, action, subject, reason) values (?, ?, ?, ?, ?)",
                at,
                by.author(),
                action,
                subject,
                by.reason());
    }

    static Page page(Transaction tx, Cursor from, int limit) throws SQLException {
        var rows = " desc fetch first " + (limit + 1) + " rows only";
        var deeds = tx.query(
                "select number, done_at, actor, action, subject, reason from audit where number < ? order by number"
                        + rows,
                row -> new Numbered(
                        row.getLong(1),
                        new AuditEntry(
                                row.getObject(2, OffsetDateTime.class).toInstant(),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5),
                                row.getString(6))),
                from.deed());
        var versions = tx.query(
                "select version, applied_at, author, reason from fleet_version where version < ? order by version"
                        + rows,
                row -> new Numbered(
                        row.getLong(1),
                        new AuditEntry(
                                row.getObject(2, OffsetDateTime.class).toInstant(),
                                row.getString(3),
                                "FILE_APPLIED",
                                "version " + row.getLong(1),
                                row.getString(4))),
                from.version());
        return merged(deeds, versions, from, limit);
    }

    private static boolean isNewer(Numbered one, Numbered other) {
        return !one.entry().at().isBefore(other.entry().at());
    }

    private static Page merged(List<Numbered> deeds, List<Numbered> versions, Cursor from, int limit) {
        var entries = new ArrayList<AuditEntry>();
        var deed = 0;
        var version = 0;
        while (entries.size() < limit && deed + version < deeds.size() + versions.size()) {
            var takesDeed = deed < deeds.size()
                    && (version == versions.size() || isNewer(deeds.get(deed), versions.get(version)));
            entries.add((takesDeed ? deeds.get(deed++) : versions.get(version++)).entry());
        }
        var more = deed + version < deeds.size() + versions.size();
        var next = new Cursor(
                deed == 0 ? from.deed() : deeds.get(deed - 1).number(),
                version == 0 ? from.version() : versions.get(version - 1).number());
        return new Page(entries, Optional.of(next).filter(one -> more));
    }
}
