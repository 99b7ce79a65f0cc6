package io.plumbline.processor.topology;

import io.plumbline.processor.core.References;
import io.plumbline.processor.core.StreamMetrics;
import io.plumbline.processor.core.cohort.EvaluationPolicy;
import io.plumbline.processor.core.recalibration.RecalibrationPolicy;
import java.time.Duration;

/**
 * What the topology is made of beside Kafka.
 *
 * @param labelRetention event time that a result waits for its label, and a label for its result
 */
public record Parts(
        EvaluationPolicy evaluation,
        RecalibrationPolicy recalibration,
        Duration labelRetention,
        References references,
        StreamMetrics metrics) {}
