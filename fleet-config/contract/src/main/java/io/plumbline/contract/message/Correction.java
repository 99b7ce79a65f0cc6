package io.plumbline.contract.message;

import java.time.Instant;

/**
 * A complete window that statistics came for later, and would say something else with them. Its vote is not taken again: what it says now
 * is told beside the verdict that holds.
 *
 * @param window its end
 * @param noticed event time: end of the newest window of the cohort when the last of them came
 * @param before what was said of the horizon that ends with the window, without them
 * @param after the same with them
 */
public record Correction(Instant window, Instant noticed, Verdict before, Verdict after) {}
