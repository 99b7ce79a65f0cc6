package io.plumbline.contract.message;

import io.plumbline.contract.id.ModelName;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the fleet file says of how a model is judged, and when it is recalibrated.
 *
 * @param settings of the processor, by their names, in place of its own; sorted
 */
public record ModelPolicy(ModelName model, Map<String, String> settings) {

    public ModelPolicy {
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    }
}
