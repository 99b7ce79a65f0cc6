package io.plumbline.contract.message;

/** What the evidence says about a build on a site. Each names a cause one can act on. */
public enum Verdict {
    /** INT8 leaves FP32 on the same inputs, and the inputs moved outside the calibrated ranges: recalibrate. */
    CALIBRATION_STALE,
    /** INT8 leaves FP32 although the inputs did not move, or only on one instruction set: roll that build back there. */
    RUNTIME_MISMATCH,
    /** INT8 agrees with FP32, the inputs moved, accuracy holds: inform. */
    DATA_DRIFT,
    /** INT8 agrees with FP32 and accuracy falls: retrain; recalibrating cannot help. */
    CONCEPT_DRIFT,
    /** A stuck, saturated, impossible or dead device: it leaves the statistics. */
    SENSOR_FAULT,
    /** Too few samples, too little coverage, or stale: wait. Never the same as stable. */
    INSUFFICIENT,
    /** None of the others. */
    STABLE
}
