package io.plumbline.judging.recalibration;

import io.plumbline.contract.message.Cohort;
import java.time.Instant;

/**
 * A cohort's calibration is stale, as of a complete window.
 *
 * @param id deterministic: that of the verdict
 * @param at event time: end of the newest window the verdict rests on
 */
public record StaleSignal(String id, Cohort cohort, Instant at, String because) {}
