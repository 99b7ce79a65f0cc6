package io.plumbline.registry.core.health;

import io.plumbline.contract.message.Cohort;
import io.plumbline.contract.message.InputHistogram;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.message.RecalibrationEvent.Requested;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the sites read lately, as far as the processor tells: of each cohort the features that left the reference farthest. Not thread-safe. */
final class LiveInputs {

    private final Map<String, Live> cohorts = new TreeMap<>();

    private record Live(Cohort cohort, List<InputHistogram> inputs) {}

    void hear(ModelHealth health) {
        cohorts.put(
                health.cohort().key(), new Live(health.cohort(), health.inputs().orElse(List.of())));
    }

    void forget(String key) {
        cohorts.remove(key);
    }

    void clear() {
        cohorts.clear();
    }

    /** Of the build that is to be recalibrated, on the sites of the request together; bins that do not fit the first site's are left out. */
    List<InputHistogram> of(Requested request) {
        Map<String, InputHistogram> merged = new LinkedHashMap<>();
        cohorts.values().stream()
                .filter(live -> live.cohort().model().equals(request.model())
                        && live.cohort().build().equals(request.build())
                        && request.sites().contains(live.cohort().site()))
                .flatMap(live -> live.inputs().stream())
                .forEach(input -> merged.merge(input.feature(), input, LiveInputs::plus));
        return List.copyOf(merged.values());
    }

    private static InputHistogram plus(InputHistogram one, InputHistogram other) {
        return one.edges().equals(other.edges())
                ? new InputHistogram(
                        one.feature(),
                        one.edges(),
                        one.reference(),
                        one.current().plus(other.current()),
                        one.notFinite() + other.notFinite())
                : one;
    }
}
