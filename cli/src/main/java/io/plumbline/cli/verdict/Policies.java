package io.plumbline.cli.verdict;

import io.plumbline.client.ClientException;
import io.plumbline.contract.message.Cohort;
import io.plumbline.contract.message.VerdictEvent;
import io.plumbline.judging.policy.BrokenSettingException;
import io.plumbline.judging.policy.JudgingPolicy;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The policy in force, and the one that is proposed in its place.
 *
 * @param known whether a verdict in the log says what is in force; the processor's default is taken otherwise
 */
record Policies(JudgingPolicy inForce, JudgingPolicy proposed, boolean known) {

    /**
     * In force is what the newest verdict was judged by.
     *
     * @param meant of the models that are looked at
     */
    static Policies of(Said said, Predicate<Cohort> meant, PolicyFile file) throws ClientException {
        var newest = said.verdicts().stream()
                .filter(event -> meant.test(event.cohort()))
                .map(VerdictEvent::basis)
                .flatMap(Optional::stream)
                .reduce((first, second) -> second);
        try {
            var inForce = newest.map(basis -> JudgingPolicy.of(basis.policy())).orElse(JudgingPolicy.DEFAULT);
            return new Policies(inForce, file.over(inForce), newest.isPresent());
        } catch (BrokenSettingException e) {
            throw new ClientException(
                    "the newest verdict was judged by a setting that this version does not know: " + e.getMessage(), e);
        }
    }

    /** What would change: the proposed value and, in force, the old one. */
    Map<String, Change> changes() {
        Map<String, Change> changes = new TreeMap<>();
        var old = inForce.settings();
        proposed.settings().forEach((name, text) -> {
            var now = old.getOrDefault(name, "");
            if (!now.equals(text)) {
                changes.put(name, new Change(now, text));
            }
        });
        return changes;
    }

    /** One setting. */
    record Change(String inForce, String proposed) {}
}
