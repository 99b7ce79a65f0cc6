package io.plumbline.fleet.adapter.store;

import io.plumbline.contract.message.Alert;
import io.plumbline.contract.wire.Json;
import io.plumbline.database.Transaction;
import io.plumbline.fleet.core.alert.BookChange;
import io.plumbline.fleet.core.post.Fate;
import io.plumbline.fleet.core.post.Letter;
import io.plumbline.fleet.core.post.Replacement;
import io.plumbline.fleet.core.post.Waiting;
import io.plumbline.fleet.core.spec.alert.SinkSpec;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** The rows of letters, within a transaction. */
final class Letters {

    static final String COLUMNS = "number, sink, opening, due_at, written_at, attempts, content";

    private Letters() {}

    static Waiting row(ResultSet row) throws SQLException {
        var alert = Json.decode(row.getString(7).getBytes(StandardCharsets.UTF_8), Alert.class);
        var letter = new Letter(row.getString(2), alert, row.getBoolean(3), instant(row, 4));
        return new Waiting(row.getLong(1), letter, instant(row, 5), row.getInt(6));
    }

    /** Writes a letter in place of the one that waits, if there is one. */
    static void write(Transaction tx, Letter letter, Instant now) throws SQLException {
        var waiting = tx.query(
                "select " + COLUMNS + " from letter where alert = ? and sink = ? and fate = 'WAITING' for update",
                Letters::row,
                letter.alert().id(),
                letter.sink());
        if (waiting.isEmpty()) {
            insert(tx, letter, now);
            return;
        }
        var old = waiting.get(0);
        var next = Replacement.of(old, letter, now);
        if (next.isPresent()) {
            replace(tx, old, next.get());
        } else {
            settle(tx, old.number(), Fate.SPARED, now);
        }
    }

    private static void insert(Transaction tx, Letter letter, Instant now) throws SQLException {
        tx.update(
                "insert into letter (sink, alert, revision, opening, fate, attempts, written_at, due_at, content)"
                        + " values (?, ?, ?, ?, 'WAITING', 0, ?, ?, ?)",
                letter.sink(),
                letter.alert().id(),
                letter.alert().revision(),
                letter.opening(),
                now,
                letter.due(),
                text(letter.alert()));
    }

    private static void replace(Transaction tx, Waiting old, Letter next) throws SQLException {
        tx.update(
                "update letter set revision = ?, opening = ?, due_at = ?, content = ? where number = ?",
                next.alert().revision(),
                next.opening(),
                next.due(),
                text(next.alert()),
                old.number());
    }

    static void settle(Transaction tx, long number, Fate fate, Instant now) throws SQLException {
        tx.update("update letter set fate = ?, settled_at = ? where number = ?", fate.name(), now, number);
    }

    /** Postponed rather than passed over when it is due: letters that are held must not stand in the way of others. */
    static void hold(Transaction tx, BookChange.Hold hold) throws SQLException {
        tx.update(
                "update letter set due_at = ? where alert = ? and sink <> ? and fate = 'WAITING' and due_at < ?",
                hold.until(),
                hold.alert(),
                SinkSpec.TOPIC.name(),
                hold.until());
    }

    static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static String text(Alert alert) {
        return new String(Json.encode(alert), StandardCharsets.UTF_8);
    }
}
