package io.plumbline.fleet.adapter.store;

import io.plumbline.contract.fleet.AlertBoard.SinkView;
import io.plumbline.database.Database;
import io.plumbline.database.Transaction;
import io.plumbline.fleet.core.post.Fate;
import io.plumbline.fleet.core.post.LetterBox;
import io.plumbline.fleet.core.post.Waiting;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** The letters in an SQL table. */
public final class SqlLetterBox implements LetterBox {

    /** How long letters that are settled can still be looked at. */
    private static final Duration REMEMBERED = Duration.ofDays(30);

    private static final int PROBLEM = 1000;

    private final DataSource database;

    public SqlLetterBox(Database database) {
        this.database = database.source();
    }

    @Override
    public List<Waiting> due(String sink, Instant now, int limit) {
        return Transaction.run(
                database,
                tx -> tx.query(
                        "select " + Letters.COLUMNS + " from letter where fate = 'WAITING' and sink = ? and due_at <= ?"
                                + " order by due_at, number fetch first " + limit + " rows only",
                        Letters::row,
                        sink,
                        now));
    }

    @Override
    public Set<String> unheard(String sink) {
        return Set.copyOf(Transaction.run(
                database,
                tx -> tx.query(
                        "select alert from letter where fate = 'WAITING' and sink = ? and opening = true",
                        row -> row.getString(1),
                        sink)));
    }

    @Override
    public boolean attempt(Waiting letter, Instant now) {
        return update(
                        "update letter set attempts = attempts + 1"
                                + " where number = ? and revision = ? and fate = 'WAITING' and due_at <= ?",
                        letter.number(),
                        letter.letter().alert().revision(),
                        now)
                == 1;
    }

    @Override
    public void delivered(Waiting letter, Optional<String> remark, Instant now) {
        var alert = letter.letter().alert();
        Transaction.run(database, tx -> {
            var settled = tx.update(
                    "update letter set fate = 'DELIVERED', settled_at = ?, problem = ?"
                            + " where number = ? and revision = ? and fate = 'WAITING'",
                    now,
                    remark.map(SqlLetterBox::cut).orElse(null),
                    letter.number(),
                    alert.revision());
            if (settled == 0) {
                // A newer one took its place while it was on its way: that one goes next, when it is due.
                tx.update(
                        "update letter set attempts = 0, opening = ?, written_at = ?, problem = null"
                                + " where number = ? and fate = 'WAITING'",
                        !alert.open(),
                        now,
                        letter.number());
            }
            return settled;
        });
    }

    @Override
    public void failed(Waiting letter, String problem, Instant again) {
        // A silence may have postponed it meanwhile.
        update(
                "update letter set problem = ?, due_at = case when due_at > ? then due_at else ? end"
                        + " where number = ? and fate = 'WAITING'",
                cut(problem),
                again,
                again,
                letter.number());
    }

    @Override
    public void gaveUp(Waiting letter, String problem, Instant now) {
        update(
                "update letter set problem = ?, fate = 'UNDELIVERABLE', settled_at = ?"
                        + " where number = ? and revision = ? and fate = 'WAITING'",
                cut(problem),
                now,
                letter.number(),
                letter.letter().alert().revision());
    }

    /** Takes back what waits for sinks that are not there any more, and forgets what was settled long ago. Returns how many it took back. */
    public int tidy(Set<String> sinks, Instant now) {
        return Transaction.run(database, tx -> {
            tx.update("delete from letter where settled_at < ?", now.minus(REMEMBERED));
            var gone =
                    tx
                            .query("select distinct sink from letter where fate = 'WAITING'", row -> row.getString(1))
                            .stream()
                            .filter(sink -> !sinks.contains(sink))
                            .toList();
            var taken = 0;
            for (var sink : gone) {
                taken += tx.update(
                        "update letter set fate = ?, settled_at = ? where fate = 'WAITING' and sink = ?",
                        Fate.WITHDRAWN.name(),
                        now,
                        sink);
            }
            return taken;
        });
    }

    /** How the telling of these sinks goes, in their order. */
    public List<SinkView> standing(List<String> sinks) {
        return Transaction.run(database, tx -> {
            var waiting = bySink(tx.query(
                    "select sink, count(*), min(written_at) from letter where fate = 'WAITING' group by sink",
                    row -> Map.entry(row.getString(1), new Count(row.getLong(2), Letters.instant(row, 3)))));
            var undeliverable = bySink(tx.query(
                    "select sink, count(*) from letter where fate = 'UNDELIVERABLE' group by sink",
                    row -> Map.entry(row.getString(1), row.getLong(2))));
            var problems = new HashMap<String, String>();
            problems.putAll(problems(tx, "fate = 'DELIVERED'"));
            problems.putAll(problems(tx, "fate in ('WAITING', 'UNDELIVERABLE') and problem is not null"));
            return sinks.stream()
                    .map(sink -> new SinkView(
                            sink,
                            Optional.ofNullable(waiting.get(sink))
                                    .map(Count::count)
                                    .orElse(0L),
                            Optional.ofNullable(waiting.get(sink)).map(Count::oldest),
                            undeliverable.getOrDefault(sink, 0L),
                            Optional.ofNullable(problems.get(sink))))
                    .toList();
        });
    }

    /** Of the newest of these letters of each sink, where it has one. */
    private static Map<String, String> problems(Transaction tx, String which) throws SQLException {
        return bySink(tx.query(
                "select sink, problem from letter where problem is not null and number in"
                        + " (select max(number) from letter where " + which + " group by sink)",
                row -> Map.entry(row.getString(1), row.getString(2))));
    }

    private record Count(long count, Instant oldest) {}

    private static <T> Map<String, T> bySink(List<Map.Entry<String, T>> rows) {
        return rows.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private int update(String sql, Object... values) {
        return Transaction.run(database, tx -> tx.update(sql, values));
    }

    /** PostgreSQL takes no NUL, and a letter whose failure cannot be written down would be tried without a pause. */
    private static String cut(String problem) {
        var text = problem.replace('\0', ' ');
        return text.length() <= PROBLEM ? text : text.substring(0, PROBLEM);
    }
}
