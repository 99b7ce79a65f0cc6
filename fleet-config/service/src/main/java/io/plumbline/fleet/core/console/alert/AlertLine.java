package io.plumbline.fleet.core.console.alert;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.message.Alert;
import java.util.Optional;

/**
 * An alert and where to look.
 *
 * @param alike how many open alerts have its kind, model and site, itself included
 */
public record AlertLine(Alert alert, long alike) {

    /** The page that shows the moment; empty where there is none. */
    public Optional<String> link() {
        var subject = alert.subject();
        return switch (alert.kind()) {
            case ROLLOUT_PAUSED, ROLLOUT_FAILED -> alert.proof().reference().map(id -> "/rollouts/" + id);
            case GATEWAY_SILENT, RECORDS_LOST, BUILD_REFUSED ->
                subject.gateway().map(gateway -> "/?gateway=" + gateway + "#gateways-title");
            case FLEET_SILENT -> Optional.of("/#gateways-title");
            case RECALIBRATION_REFUSED -> Optional.of("/recalibrations");
            case CALIBRATION_STALE, RUNTIME_MISMATCH, DATA_DRIFT, CONCEPT_DRIFT, SENSOR_FAULT ->
                subject.model()
                        .map(model -> "/drift?model=" + model
                                + subject.site().map(site -> "&site=" + site).orElse("")
                                + subject.build()
                                        .map(Digest::shortHex)
                                        .map(hex -> "&build=" + hex)
                                        .orElse("")
                                + "&at=" + alert.openedAt() + "#time-title");
        };
    }

    /** What the link leads to. */
    public String linkWords() {
        return switch (alert.kind()) {
            case ROLLOUT_PAUSED, ROLLOUT_FAILED -> "the rollout";
            case GATEWAY_SILENT, RECORDS_LOST, BUILD_REFUSED, FLEET_SILENT -> "the gateway";
            case RECALIBRATION_REFUSED -> "the recalibration";
            default -> "the evidence over time";
        };
    }
}
