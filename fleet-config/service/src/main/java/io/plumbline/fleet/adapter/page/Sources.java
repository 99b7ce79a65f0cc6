package io.plumbline.fleet.adapter.page;

import io.plumbline.fleet.adapter.store.SqlHistory;
import io.plumbline.fleet.config.FleetSettings;
import io.plumbline.fleet.core.alert.AlertDesk;
import io.plumbline.fleet.core.control.ControlPlane;
import jakarta.inject.Singleton;

/** Where pages take from what they show. */
@Singleton
final class Sources {

    private final ControlPlane control;
    private final SqlHistory history;
    private final AlertDesk alerts;
    private final FleetSettings settings;

    Sources(ControlPlane control, SqlHistory history, AlertDesk alerts, FleetSettings settings) {
        this.control = control;
        this.history = history;
        this.alerts = alerts;
        this.settings = settings;
    }

    ControlPlane control() {
        return control;
    }

    SqlHistory history() {
        return history;
    }

    AlertDesk alerts() {
        return alerts;
    }

    /** Whether who changes something must show an operator's token. */
    boolean guarded() {
        return settings.operatorTokens().isPresent();
    }
}
