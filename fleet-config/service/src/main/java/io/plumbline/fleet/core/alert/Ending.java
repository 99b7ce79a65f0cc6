package io.plumbline.fleet.core.alert;

import io.plumbline.contract.message.Alert;
import io.plumbline.contract.message.AlertKind;
import java.util.EnumSet;
import java.util.Set;

/**
 * Troubles that are over.
 *
 * @param subject every part that it has must be the same in the alert
 */
record Ending(Set<AlertKind> kinds, Alert.Subject subject, String because) {

    Ending {
        kinds = Set.copyOf(kinds);
    }

    static Ending of(AlertKind kind, Alert.Subject subject, String because) {
        return new Ending(EnumSet.of(kind), subject, because);
    }

    boolean ends(Alert alert) {
        return kinds.contains(alert.kind()) && subject.covers(alert.subject());
    }
}
