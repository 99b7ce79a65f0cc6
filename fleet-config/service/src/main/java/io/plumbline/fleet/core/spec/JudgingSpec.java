package io.plumbline.fleet.core.spec;

import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.ModelPolicy;
import io.plumbline.rollout.policy.RolloutPolicy;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How models are judged, and their rollouts.
 *
 * @param usual of every model
 * @param own of one, before the usual
 */
public record JudgingSpec(Thresholds usual, Map<ModelName, Thresholds> own) {

    public JudgingSpec {
        own = Collections.unmodifiableMap(new LinkedHashMap<>(own));
    }

    Stream<RolloutPolicy> rollouts() {
        return own.values().stream().flatMap(one -> one.rollout().stream());
    }

    Optional<RolloutPolicy> rollout(ModelName model) {
        return own.getOrDefault(model, Thresholds.NONE).rollout();
    }

    ModelPolicy of(ModelName model) {
        var all = new TreeMap<>(usual.settings());
        all.putAll(own.getOrDefault(model, Thresholds.NONE).settings());
        return new ModelPolicy(model, all);
    }
}
