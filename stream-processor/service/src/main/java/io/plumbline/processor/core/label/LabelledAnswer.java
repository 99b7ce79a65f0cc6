package io.plumbline.processor.core.label;

import io.plumbline.contract.message.Cohort;
import java.time.Instant;

/**
 * A prediction whose truth is known.
 *
 * @param cohort whose prediction
 * @param at event time of the reading
 */
public record LabelledAnswer(Cohort cohort, Instant at, String truth, String predicted) {}
