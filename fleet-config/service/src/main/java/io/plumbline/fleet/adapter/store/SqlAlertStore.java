package io.plumbline.fleet.adapter.store;

import io.plumbline.contract.fleet.AlertSilence;
import io.plumbline.contract.wire.Json;
import io.plumbline.database.Database;
import io.plumbline.database.Transaction;
import io.plumbline.fleet.core.alert.AlertBook;
import io.plumbline.fleet.core.alert.AlertStore;
import io.plumbline.fleet.core.alert.BookChange;
import io.plumbline.fleet.core.alert.Mark;
import io.plumbline.fleet.core.control.Authorship;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** The book of alerts in SQL tables. Thread-safe. */
public final class SqlAlertStore implements AlertStore {

    private final DataSource database;
    private final Clock clock;

    public SqlAlertStore(Database database, Clock clock) {
        this.database = database.source();
        this.clock = clock;
    }

    @Override
    public AlertBook load() {
        var now = clock.instant();
        return Transaction.run(
                database,
                tx -> new AlertBook(
                        all(tx, "select content from alert", AlertBook.Entry.class).stream()
                                .collect(Collectors.toMap(entry -> entry.alert().id(), Function.identity())),
                        all(tx, "select content from alert_mark", Mark.class).stream()
                                .collect(Collectors.toMap(Mark::source, Function.identity())),
                        all(tx, "select content from alert_silence where until_at > ?", AlertSilence.class, now)
                                .stream()
                                .collect(Collectors.toMap(AlertSilence::id, Function.identity()))));
    }

    @Override
    public void commit(BookChange change) {
        Transaction.run(database, tx -> {
            for (var entry : change.entries()) {
                write(tx, entry);
            }
            for (var mark : change.marks()) {
                write(tx, mark);
            }
            for (var silence : change.silences()) {
                write(tx, silence, change.now());
            }
            for (var id : change.forgotten()) {
                tx.update("delete from alert where id = ?", id);
            }
            for (var source : change.forgottenMarks()) {
                tx.update("delete from alert_mark where source = ?", source);
            }
            for (var hold : change.holds()) {
                Letters.hold(tx, hold);
            }
            for (var letter : change.letters()) {
                Letters.write(tx, letter, change.now());
            }
            return change;
        });
    }

    private static void write(Transaction tx, AlertBook.Entry entry) throws SQLException {
        var id = entry.alert().id();
        if (tx.update("update alert set content = ? where id = ?", text(entry), id) == 0) {
            tx.update("insert into alert (id, content) values (?, ?)", id, text(entry));
        }
    }

    private static void write(Transaction tx, Mark mark) throws SQLException {
        var changed = tx.update(
                "update alert_mark set moved_at = ?, content = ? where source = ?",
                mark.moved(),
                text(mark),
                mark.source());
        if (changed == 0) {
            tx.update(
                    "insert into alert_mark (moved_at, content, source) values (?, ?, ?)",
                    mark.moved(),
                    text(mark),
                    mark.source());
        }
    }

    private static void write(Transaction tx, AlertSilence silence, Instant now) throws SQLException {
        var changed = tx.update(
                "update alert_silence set until_at = ?, content = ? where id = ?",
                silence.until(),
                text(silence),
                silence.id());
        if (changed == 0) {
            tx.update(
                    "insert into alert_silence (until_at, content, id) values (?, ?, ?)",
                    silence.until(),
                    text(silence),
                    silence.id());
            note(tx, now, "ALERTS_HELD_BACK", silence, new Authorship(silence.by(), silence.reason()));
        }
        if (silence.ended().isPresent()) {
            var ended = silence.ended().get();
            note(tx, ended.at(), "ALERTS_TOLD_AGAIN", silence, new Authorship(ended.by(), ""));
        }
    }

    private static void note(Transaction tx, Instant at, String action, AlertSilence silence, Authorship by)
            throws SQLException {
        AuditTrail.note(tx, at, action, "silence " + silence.id(), by);
    }

    private static <T> List<T> all(Transaction tx, String sql, Class<T> type, Object... values) throws SQLException {
        return tx.query(sql, row -> Json.decode(row.getString(1).getBytes(StandardCharsets.UTF_8), type), values);
    }

    private static String text(Object value) {
        return new String(Json.encode(value), StandardCharsets.UTF_8);
    }
}
