package io.plumbline.registry.adapter.store;

import io.plumbline.database.Database;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when jobs can be stored. */
@Readiness
final class DatabaseReadiness implements HealthCheck {

    private final Database database;

    DatabaseReadiness(Database database) {
        this.database = database;
    }

    @Override
    public HealthCheckResponse call() {
        var said = HealthCheckResponse.named("database");
        return database.problem()
                .map(reason -> said.down().withData("reason", reason))
                .orElseGet(said::up)
                .build();
    }
}
