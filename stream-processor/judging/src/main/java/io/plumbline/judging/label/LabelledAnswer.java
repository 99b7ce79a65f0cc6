package io.plumbline.judging.label;

import io.plumbline.contract.message.Cohort;
import java.time.Instant;
import java.util.Optional;

/**
 * A prediction whose truth is known.
 *
 * @param cohort whose prediction
 * @param at event time of the reading
 * @param score how sure INT8 was, in [0, 1]; empty where it is not known
 */
public record LabelledAnswer(Cohort cohort, Instant at, String truth, String predicted, Optional<Double> score) {}
