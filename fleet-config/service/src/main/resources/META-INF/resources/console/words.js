/* How the page says things: numbers, times, and what a verdict or a stage means in plain words. */

const WHOLE = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const TENTH = new Intl.NumberFormat("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

export const VERDICTS = {
  CALIBRATION_STALE: { name: "calibration stale", tone: "bad", means: "INT8 leaves FP32 because the inputs moved out of the calibrated ranges: recalibrating helps." },
  RUNTIME_MISMATCH: { name: "runtime mismatch", tone: "bad", means: "INT8 leaves FP32 although the inputs did not move: this build goes back." },
  CONCEPT_DRIFT: { name: "concept drift", tone: "bad", means: "INT8 follows FP32, but the answers got worse: the model needs training." },
  SENSOR_FAULT: { name: "sensor fault", tone: "warn", means: "A device is stuck, saturated or dead." },
  DATA_DRIFT: { name: "data drift", tone: "blue", means: "The inputs moved; INT8 still follows FP32 and the answers hold." },
  INSUFFICIENT: { name: "not enough data", tone: "", means: "Too little has been seen to say anything." },
  STABLE: { name: "stable", tone: "good", means: "INT8 follows FP32 and the inputs are as they were calibrated." },
};

export const STAGES = {
  READY: { name: "ready", tone: "" },
  CANARY: { name: "canary", tone: "blue" },
  WAVE: { name: "waves", tone: "blue" },
  COMPLETED: { name: "completed", tone: "good" },
  PAUSED: { name: "paused", tone: "warn" },
  ROLLING_BACK: { name: "rolling back", tone: "bad" },
  ROLLED_BACK: { name: "rolled back", tone: "bad" },
  ABORTED: { name: "ended", tone: "" },
};

export const SEVERITIES = {
  CRITICAL: { name: "critical", tone: "bad" },
  WARNING: { name: "warning", tone: "warn" },
  INFO: { name: "info", tone: "blue" },
};

export const KINDS = {
  CALIBRATION_STALE: "calibration stale",
  RUNTIME_MISMATCH: "runtime mismatch",
  DATA_DRIFT: "data drift",
  CONCEPT_DRIFT: "concept drift",
  SENSOR_FAULT: "sensor fault",
  RECALIBRATION_REFUSED: "recalibration refused",
  ROLLOUT_PAUSED: "rollout waits for a person",
  ROLLOUT_FAILED: "rollout failed",
  BUILD_REFUSED: "build refused",
  GATEWAY_SILENT: "gateway silent",
  FLEET_SILENT: "most gateways silent",
  RECORDS_LOST: "records lost",
};

export const FINAL = new Set(["COMPLETED", "ROLLED_BACK", "ABORTED"]);

export function whole(number) {
  return WHOLE.format(number);
}

export function rate(number) {
  return number >= 100 ? WHOLE.format(number) : TENTH.format(number);
}

/** A share as per cent; a dash where there is nothing to share. */
export function percent(part, all) {
  return all > 0 ? TENTH.format((100 * part) / all) + " %" : "–";
}

/** The first twelve digits, as people say a build's name. */
export function short(digest) {
  return digest.replace("sha256:", "").slice(0, 12);
}

export function ago(iso, now) {
  const then = Date.parse(iso);
  if (then <= 0) {
    return "never";
  }
  const seconds = Math.max(0, Math.round((now - then) / 1000));
  if (seconds < 2) {
    return "now";
  }
  if (seconds < 120) {
    return seconds + " s ago";
  }
  return seconds < 7200 ? Math.round(seconds / 60) + " min ago" : Math.round(seconds / 3600) + " h ago";
}

/** A moment of event time, which may be far from the wall clock. */
export function moment(iso) {
  return iso.replace("T", " ").replace(/(\.\d+)?Z$/, "");
}
