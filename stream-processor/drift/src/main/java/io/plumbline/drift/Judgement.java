package io.plumbline.drift;

import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.message.InputHistogram;
import io.plumbline.contract.message.Verdict;
import io.plumbline.contract.message.VerdictEvent.Carrier;
import io.plumbline.contract.wire.Require;
import java.util.List;

/**
 * What one horizon says, before any hysteresis.
 *
 * @param rule that decided
 * @param because one sentence in plain words
 * @param inputs the features that are farthest from the reference, the farthest first, a handful at most
 */
public record Judgement(Rule rule, String because, List<Evidence> evidence, List<InputHistogram> inputs) {

    public Judgement {
        Require.notEmpty("because", because);
        evidence = List.copyOf(evidence);
        inputs = List.copyOf(inputs);
    }

    /** What the rule that decided says. */
    public Verdict verdict() {
        return rule.verdict();
    }

    /** Which parts of the cohort carry the change, the most telling first; none of a verdict that is no change. */
    public List<Carrier> carriers() {
        return Carriers.of(verdict(), evidence);
    }
}
