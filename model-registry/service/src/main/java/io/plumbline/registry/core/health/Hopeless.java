package io.plumbline.registry.core.health;

import io.plumbline.contract.message.Cohort;
import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.message.RecalibrationEvent.Requested;
import io.plumbline.contract.message.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The cohorts whose verdict now is CONCEPT_DRIFT: INT8 does what FP32 does, and both are wrong. It knows whether it has heard of
 * all of them. Not thread-safe.
 */
final class Hopeless {

    private final Map<String, Doubt> doubts = new TreeMap<>();
    private boolean known;

    private record Doubt(Cohort cohort, List<Evidence> evidence) {}

    void hear(ModelHealth health) {
        var key = health.cohort().key();
        if (health.verdict() == Verdict.CONCEPT_DRIFT) {
            doubts.put(key, new Doubt(health.cohort(), health.evidence()));
        } else {
            doubts.remove(key);
        }
    }

    /** The cohort is gone. */
    void forget(String key) {
        doubts.remove(key);
    }

    /** Whatever was said until now was heard. */
    void known() {
        known = true;
    }

    /** Everything will be heard anew, from the beginning. */
    void unknown() {
        known = false;
        doubts.clear();
    }

    boolean isKnown() {
        return known;
    }

    /** Why no ranges can help what was asked for; only what is known can say so. */
    Optional<String> objection(Requested request) {
        var sites = doubts.values().stream()
                .filter(doubt -> doubt.cohort().model().equals(request.model())
                        && doubt.cohort().build().equals(request.build())
                        && request.sites().contains(doubt.cohort().site()))
                .map(doubt -> doubt.cohort().site() + " (" + words(doubt.evidence()) + ")")
                .toList();
        return sites.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "CONCEPT_DRIFT on " + String.join(", ", sites)
                                + ": INT8 agrees with FP32, so other ranges cannot help; train the model anew, or ask with force");
    }

    private static String words(List<Evidence> evidence) {
        return evidence.stream()
                .map(fact -> String.format(
                        Locale.ROOT,
                        "%s of %s %.4f [%.4f, %.4f] against %.4f on %d%s",
                        fact.measure(),
                        fact.subject(),
                        fact.value(),
                        fact.lower(),
                        fact.upper(),
                        fact.threshold(),
                        fact.samples(),
                        fact.breached() ? ", breached" : ""))
                .collect(Collectors.joining("; "));
    }
}
