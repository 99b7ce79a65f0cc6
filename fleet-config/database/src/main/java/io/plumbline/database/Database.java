package io.plumbline.database;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** A pool of connections to a database whose tables are up to date. Thread-safe. */
public final class Database implements AutoCloseable {

    private static final Map<String, String> DRIVERS =
            Map.of("jdbc:h2:", "org.h2.Driver", "jdbc:postgresql:", "org.postgresql.Driver");
    private static final int MAX_CONNECTIONS = 4;

    private final AgroalDataSource pool;

    private Database(AgroalDataSource pool) {
        this.pool = pool;
    }

    /**
     * Opens the database and migrates it to the newest version.
     *
     * @param migrations folder on the class path with the scripts that make the tables
     * @param url of H2 or PostgreSQL; another one is a bug of the caller
     * @throws StoreUnavailableException if it does not answer or cannot be migrated
     */
    public static Database open(String migrations, String url, String user, String password) {
        var pool = pool(url, user, password);
        try {
            Flyway.configure(Database.class.getClassLoader())
                    .dataSource(pool)
                    .locations("classpath:" + migrations)
                    .load()
                    .migrate();
            return new Database(pool);
        } catch (FlywayException e) {
            pool.close();
            throw new StoreUnavailableException(
                    "the database " + name(url) + " cannot be opened: " + rootMessage(e), e);
        }
    }

    /** Where {@link Transaction} takes its connections from; closed with this. */
    public DataSource source() {
        return pool;
    }

    /** Whether the database answers. */
    public boolean answers() {
        return problem().isEmpty();
    }

    /** Why the database does not answer, in a line; empty if it does. */
    public Optional<String> problem() {
        try (var connection = pool.getConnection()) {
            return connection.isValid(1) ? Optional.empty() : Optional.of("it does not answer");
        } catch (SQLException e) {
            return Optional.of(rootMessage(e));
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    private static AgroalDataSource pool(String url, String user, String password) {
        var configuration = new AgroalDataSourceConfigurationSupplier()
                .metricsEnabled(false)
                .connectionPoolConfiguration(pool -> pool.initialSize(1)
                        .minSize(1)
                        .maxSize(MAX_CONNECTIONS)
                        .acquisitionTimeout(Duration.ofSeconds(5))
                        // A connection that the server has ended looks open until it is used.
                        .validateOnBorrow(true)
                        .connectionValidator(ConnectionValidator.defaultValidator())
                        .connectionFactoryConfiguration(factory -> factory.jdbcUrl(url)
                                .connectionProviderClass(driver(url))
                                .principal(new NamePrincipal(user))
                                .credential(new SimplePassword(password))));
        try {
            return AgroalDataSource.from(configuration);
        } catch (SQLException e) {
            throw new StoreUnavailableException(
                    "the database " + name(url) + " cannot be opened: " + e.getMessage(), e);
        }
    }

    private static Class<?> driver(String url) {
        var name = DRIVERS.entrySet().stream()
                .filter(driver -> url.startsWith(driver.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("an unchecked database URL is a bug"));
        try {
            return Class.forName(name, true, Database.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("a missing database driver is a bug", e);
        }
    }

    /** The URL without what may hold a password. */
    private static String name(String url) {
        return url.split("[;?]", 2)[0];
    }

    private static String rootMessage(Throwable thrown) {
        var cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        var message = String.valueOf(cause.getMessage());
        return message.lines().findFirst().orElse(message);
    }
}
