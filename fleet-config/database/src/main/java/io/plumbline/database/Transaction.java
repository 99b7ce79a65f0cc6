package io.plumbline.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Statements on one connection that are committed together or not at all. For the thread that runs it. */
public final class Transaction {

    private static final int BATCH = 500;

    private final Connection connection;

    private Transaction(Connection connection) {
        this.connection = connection;
    }

    /** What is done in a transaction. */
    public interface Work<T> {
        T in(Transaction transaction) throws SQLException;
    }

    /** Makes a value of the row that the cursor is on. */
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /**
     * Runs the work and commits it.
     *
     * @throws StoreUnavailableException if anything goes wrong; nothing is changed then, unless the connection broke while it was being
     *     committed
     */
    public static <T> T run(DataSource database, Work<T> work) {
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                var result = work.in(new Transaction(connection));
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new StoreUnavailableException("the database does not take the change: " + e.getMessage(), e);
        }
    }

    /** @return rows changed */
    public int update(String sql, @Nullable Object... values) throws SQLException {
        try (var statement = prepared(sql, values)) {
            return statement.executeUpdate();
        }
    }

    /** The same for many, in batches: one round trip for hundreds of rows. */
    public <T> void updateEach(String sql, List<T> all, Function<T, List<Object>> values) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < all.size(); i++) {
                set(statement, values.apply(all.get(i)).toArray());
                statement.addBatch();
                if ((i + 1) % BATCH == 0 || i + 1 == all.size()) {
                    statement.executeBatch();
                }
            }
        }
    }

    /** All rows, in the order of the statement. */
    public <T> List<T> query(String sql, RowReader<T> reader, @Nullable Object... values) throws SQLException {
        try (var statement = prepared(sql, values);
                var rows = statement.executeQuery()) {
            var all = new ArrayList<T>();
            while (rows.next()) {
                all.add(reader.read(rows));
            }
            return all;
        }
    }

    private PreparedStatement prepared(String sql, @Nullable Object... values) throws SQLException {
        var statement = connection.prepareStatement(sql);
        set(statement, values);
        return statement;
    }

    private static void set(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            var value = values[i];
            statement.setObject(i + 1, value instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : value);
        }
    }
}
