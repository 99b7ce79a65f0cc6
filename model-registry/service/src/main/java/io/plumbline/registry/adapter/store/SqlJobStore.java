package io.plumbline.registry.adapter.store;

import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.wire.Json;
import io.plumbline.database.Database;
import io.plumbline.database.Transaction;
import io.plumbline.registry.core.job.Job;
import io.plumbline.registry.core.job.JobEvent;
import io.plumbline.registry.core.job.JobStore;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Jobs in SQL tables. Thread-safe. */
public final class SqlJobStore implements JobStore {

    /** Where the scripts that make the tables lie on the class path. */
    public static final String TABLES = "io/plumbline/registry/migration";

    private static final String ALL = "select content, told, created_at, changed_at from recalibration_job";

    private final DataSource database;

    public SqlJobStore(Database database) {
        this.database = database.source();
    }

    @Override
    public void put(Job job, JobEvent event) {
        Transaction.run(database, tx -> {
            var parts = StateParts.of(job.state());
            writeJob(tx, job, parts.head());
            writeAnswers(tx, job, parts);
            tx.update("insert into recalibration_event (job, content) values (?, ?)", job.id(), text(event));
            return job;
        });
    }

    private static void writeJob(Transaction tx, Job job, String content) throws SQLException {
        var changed = tx.update(
                "update recalibration_job set step = ?, told = ?, changed_at = ?, content = ? where id = ?",
                job.step().name(),
                job.told(),
                job.changedAt(),
                content,
                job.id());
        if (changed == 0) {
            tx.update(
                    "insert into recalibration_job (id, model, build, step, told, created_at, changed_at, content)"
                            + " values (?, ?, ?, ?, ?, ?, ?, ?)",
                    job.id(),
                    job.model().value(),
                    job.request().build().value(),
                    job.step().name(),
                    job.told(),
                    job.createdAt(),
                    job.changedAt(),
                    content);
        }
    }

    /** An answer never changes: what is there already is not written again. */
    private static void writeAnswers(Transaction tx, Job job, StateParts parts) throws SQLException {
        if (parts.answers().isEmpty()) {
            // those of the step before have led to where the job is now
            tx.update("delete from recalibration_answer where job = ?", job.id());
            return;
        }
        var step = job.step().name();
        var written = new HashSet<>(tx.query(
                "select gateway from recalibration_answer where job = ? and step = ?",
                row -> row.getString(1),
                job.id(),
                step));
        for (var answer : parts.answers().entrySet()) {
            if (!written.contains(answer.getKey().value())) {
                tx.update(
                        "insert into recalibration_answer (job, step, gateway, content) values (?, ?, ?, ?)",
                        job.id(),
                        step,
                        answer.getKey().value(),
                        answer.getValue());
            }
        }
    }

    @Override
    public void told(String id) {
        Transaction.run(database, tx -> tx.update("update recalibration_job set told = true where id = ?", id));
    }

    @Override
    public List<Job> unfinished() {
        return jobs(ALL + " where told = false order by number");
    }

    @Override
    public Optional<Job> find(String id) {
        return jobs(ALL + " where id = ?", id).stream().findFirst();
    }

    @Override
    public List<Job> newest(int limit) {
        return jobs(ALL + " order by number desc fetch first " + limit + " rows only");
    }

    @Override
    public List<Job> newest(ModelName model, int limit) {
        return jobs(ALL + " where model = ? order by number desc fetch first " + limit + " rows only", model.value());
    }

    @Override
    public List<JobEvent> history(String id) {
        return Transaction.run(
                database,
                tx -> tx.query(
                        "select content from recalibration_event where job = ? order by number",
                        row -> Json.decode(bytes(row.getString(1)), JobEvent.class),
                        id));
    }

    private List<Job> jobs(String sql, Object... values) {
        return Transaction.run(database, tx -> tx.query(sql, row -> job(tx, row), values));
    }

    private static Job job(Transaction tx, ResultSet row) throws SQLException {
        var head = StateParts.head(row.getString(1));
        var told = row.getBoolean(2);
        var created = row.getObject(3, OffsetDateTime.class).toInstant();
        var changed = row.getObject(4, OffsetDateTime.class).toInstant();
        var bare = new Job(head, told, created, changed);
        var answers = tx.query(
                "select gateway, content from recalibration_answer where job = ? and step = ?",
                answer -> new StateParts.Answer(answer.getString(1), answer.getString(2)),
                bare.id(),
                bare.step().name());
        return new Job(StateParts.whole(head, answers), told, created, changed);
    }

    private static String text(Object value) {
        return new String(Json.encode(value), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
