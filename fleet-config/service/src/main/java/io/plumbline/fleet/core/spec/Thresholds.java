package io.plumbline.fleet.core.spec;

import io.plumbline.rollout.policy.RolloutPolicy;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a model's drift is held against, what damps its recalibrations, and what a rollout of it must prove.
 *
 * @param drift settings of the processor that the file gives in place of its own, by the names that it has for them, as the processor writes their values
 * @param recalibration the same
 * @param rollout empty for that of the file
 */
public record Thresholds(
        Map<String, String> drift, Map<String, String> recalibration, Optional<RolloutPolicy> rollout) {

    public static final Thresholds NONE = new Thresholds(Map.of(), Map.of(), Optional.empty());

    public Thresholds {
        drift = Collections.unmodifiableMap(new TreeMap<>(drift));
        recalibration = Collections.unmodifiableMap(new TreeMap<>(recalibration));
    }

    /** By the processor's names. */
    Map<String, String> settings() {
        var all = new TreeMap<String, String>();
        drift.forEach((name, value) -> all.put(setting(name), value));
        recalibration.forEach((name, value) -> all.put(setting(name), value));
        return all;
    }

    /** The processor's name of what the file calls {@code clipFloor}. */
    public static String setting(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
