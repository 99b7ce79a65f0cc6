package io.plumbline.fleet.core.alert;

import io.plumbline.contract.message.Alert;
import io.plumbline.contract.message.AlertKind;

/** What an alert would say, seen once. */
public record Trouble(AlertKind kind, Alert.Subject subject, String because, Alert.Proof proof) {

    String id() {
        return Alert.idOf(kind, subject);
    }
}
