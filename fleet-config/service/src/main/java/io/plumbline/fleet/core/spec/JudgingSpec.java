package io.plumbline.fleet.core.spec;

import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.ModelPolicy;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * How models are judged.
 *
 * @param usual of every model
 * @param own of one, before the usual
 */
public record JudgingSpec(Thresholds usual, Map<ModelName, Thresholds> own) {

    public JudgingSpec {
        own = Collections.unmodifiableMap(new LinkedHashMap<>(own));
    }

    ModelPolicy of(ModelName model) {
        var all = new TreeMap<>(usual.settings());
        all.putAll(own.getOrDefault(model, Thresholds.NONE).settings());
        return new ModelPolicy(model, all);
    }
}
