package io.plumbline.processor.topology;

import io.plumbline.judging.References;
import io.plumbline.judging.StreamMetrics;
import io.plumbline.judging.policy.JudgingPolicy;

/**
 * What the topology is made of beside Kafka.
 *
 * @param policy of models of which the topic of policies says nothing
 */
public record Parts(JudgingPolicy policy, References references, StreamMetrics metrics) {}
