package io.plumbline.contract.message;

/** What an alert is about. */
public enum AlertKind {
    /** A verdict: a build that runs no longer fits its inputs; a recalibration is asked for. */
    CALIBRATION_STALE(AlertSeverity.WARNING),
    /** A verdict: INT8 leaves FP32 although the inputs did not move. */
    RUNTIME_MISMATCH(AlertSeverity.CRITICAL),
    /** A verdict: the inputs moved, accuracy holds. */
    DATA_DRIFT(AlertSeverity.INFO),
    /** A verdict: accuracy falls, and recalibrating cannot help. */
    CONCEPT_DRIFT(AlertSeverity.CRITICAL),
    /** A verdict: a device is stuck, saturated, impossible or dead. */
    SENSOR_FAULT(AlertSeverity.WARNING),
    /** A recalibration ended without a better build. */
    RECALIBRATION_REFUSED(AlertSeverity.WARNING),
    /** A rollout waits for a person. */
    ROLLOUT_PAUSED(AlertSeverity.WARNING),
    /** A candidate failed on gateways, which went back to the baseline. */
    ROLLOUT_FAILED(AlertSeverity.CRITICAL),
    /** A gateway will not run a build that it was assigned. */
    BUILD_REFUSED(AlertSeverity.WARNING),
    /** A gateway of the fleet says nothing. */
    GATEWAY_SILENT(AlertSeverity.CRITICAL),
    /** Most gateways say nothing, or the control plane does not hear them. */
    FLEET_SILENT(AlertSeverity.CRITICAL),
    /** A gateway let go of records that never reached Kafka. */
    RECORDS_LOST(AlertSeverity.CRITICAL);

    private final AlertSeverity severity;

    AlertKind(AlertSeverity severity) {
        this.severity = severity;
    }

    public AlertSeverity severity() {
        return severity;
    }
}
