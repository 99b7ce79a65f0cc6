package io.plumbline.fleet.adapter.store;

import io.plumbline.contract.fleet.AlertBoard.SinkView;
import io.plumbline.fleet.core.post.Fate;
import io.plumbline.fleet.core.post.LetterBox;
import io.plumbline.fleet.core.post.Waiting;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    public void attempt(Waiting letter) {
        update("update letter set attempts = attempts + 1 where number = ?", letter.number());
    }

    @Override
    public void delivered(Waiting letter, Instant now) {
        Transaction.run(database, tx -> {
            var settled = tx.update(
                    "update letter set fate = 'DELIVERED', settled_at = ?, problem = null"
                            + " where number = ? and revision = ? and fate = 'WAITING'",
                    now,
                    letter.number(),
                    letter.letter().alert().revision());
            if (settled == 0) {
                // A newer one took its place while it was on its way: that one goes next.
                tx.update(
                        "update letter set attempts = 0, opening = false, due_at = ?, written_at = ?, problem = null"
                                + " where number = ? and fate = 'WAITING'",
                        now,
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
                "update letter set problem = ?, fate = 'UNDELIVERABLE', settled_at = ? where number = ?",
                cut(problem),
                now,
                letter.number());
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

    /** How the telling of a sink goes. */
    public SinkView standing(String sink) {
        return Transaction.run(database, tx -> {
            var waiting = tx.query(
                            "select count(*), min(written_at) from letter where fate = 'WAITING' and sink = ?",
                            SqlLetterBox::waiting,
                            sink)
                    .get(0);
            var undeliverable = tx.query(
                            "select count(*) from letter where fate = 'UNDELIVERABLE' and sink = ?",
                            row -> row.getLong(1),
                            sink)
                    .get(0);
            var problem = tx.query(
                    "select problem from letter where sink = ? and problem is not null"
                            + " and fate in ('WAITING', 'UNDELIVERABLE')"
                            + " order by number desc fetch first 1 rows only",
                    row -> row.getString(1),
                    sink);
            return new SinkView(
                    sink,
                    waiting.count(),
                    waiting.oldest(),
                    undeliverable,
                    problem.stream().findFirst());
        });
    }

    private record Count(long count, Optional<Instant> oldest) {}

    private static Count waiting(ResultSet row) throws SQLException {
        var count = row.getLong(1);
        return new Count(count, count == 0 ? Optional.empty() : Optional.of(Letters.instant(row, 2)));
    }

    private void update(String sql, Object... values) {
        Transaction.run(database, tx -> tx.update(sql, values));
    }

    private static String cut(String problem) {
        return problem.length() <= PROBLEM ? problem : problem.substring(0, PROBLEM);
    }
}
