package io.plumbline.processor.topology;

import io.plumbline.judging.References;
import io.plumbline.judging.StreamMetrics;
import io.plumbline.judging.policy.JudgingPolicy;
import io.plumbline.signals.trace.Trail;

/**
 * What the topology is made of beside Kafka.
 *
 * @param policy of models of which the topic of policies says nothing
 * @param trail told what is decided; nothing depends on it
 */
public record Parts(JudgingPolicy policy, References references, StreamMetrics metrics, Trail trail) {

    /** Followed by nobody. */
    public Parts(JudgingPolicy policy, References references, StreamMetrics metrics) {
        this(policy, references, metrics, Trail.OFF);
    }
}
