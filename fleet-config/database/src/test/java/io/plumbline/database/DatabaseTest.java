package io.plumbline.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.support.Postgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class DatabaseTest {

    private static final int CONNECTIONS = 4;

    @Test
    void afterTheServerEndedEveryConnectionTheNextOneWorks() throws Exception {
        // Given: all connections that the pool may have, back in it
        var url = Postgres.emptyDatabase();
        try (var database = Database.open("io/plumbline/database/migration", url, "plumbline", "");
                var administrator = DriverManager.getConnection(url)) {
            borrowAll(database);
            // When: what a restart or a failover does to them
            assertThat(ended(administrator)).isEqualTo(CONNECTIONS);
            // Then
            borrowAll(database);
            assertThat(database.answers()).isTrue();
        }
    }

    private static void borrowAll(Database database) throws SQLException {
        var borrowed = new ArrayList<Connection>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                var connection = database.source().getConnection();
                borrowed.add(connection);
                try (var statement = connection.createStatement()) {
                    assertThat(statement.execute("select 1")).isTrue();
                }
            }
        } finally {
            for (var connection : borrowed) {
                connection.close();
            }
        }
    }

    private static int ended(Connection administrator) throws SQLException {
        try (var statement = administrator.createStatement();
                var rows = statement.executeQuery("select pg_terminate_backend(pid, 5000) from pg_stat_activity"
                        + " where datname = current_database() and pid <> pg_backend_pid()")) {
            var ended = 0;
            while (rows.next()) {
                ended += rows.getBoolean(1) ? 1 : 0;
            }
            return ended;
        }
    }
}
