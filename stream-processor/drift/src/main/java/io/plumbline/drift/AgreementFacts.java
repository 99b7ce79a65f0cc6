package io.plumbline.drift;

import io.plumbline.contract.message.ClassAgreement;
import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.drift.chance.Interval;
import io.plumbline.drift.chance.Proportion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far INT8 follows FP32, for each answer of FP32 apart: a rare class vanishes in an average.
 *
 * @param classes one entry per answer that the model can give or gave
 * @param labelsKnown whether the model's answers are known, so that none can be missing unnoticed
 */
record AgreementFacts(List<ClassAgreement> classes, boolean labelsKnown, Fidelity fidelity, VerdictPolicy policy) {

    AgreementFacts {
        classes = List.copyOf(classes);
    }

    static AgreementFacts of(Fidelity fidelity, Optional<Reference> reference, VerdictPolicy policy) {
        Map<String, ClassAgreement> byLabel = new LinkedHashMap<>();
        reference.ifPresent(r -> r.labels().forEach(label -> byLabel.put(label, new ClassAgreement(label, 0, 0))));
        fidelity.classes().forEach(c -> byLabel.put(c.label(), c));
        var known = reference.filter(r -> !r.labels().isEmpty()).isPresent();
        return new AgreementFacts(List.copyOf(byLabel.values()), known, fidelity, policy);
    }

    /** Whether every answer the model can give has been compared often enough, and INT8 surely follows on each. */
    boolean followsOnEveryClass() {
        return labelsKnown && classes.stream().allMatch(this::follows);
    }

    /** Whether INT8 surely follows where FP32 gives this answer. */
    boolean followsOn(String label) {
        return classes.stream().anyMatch(c -> c.label().equals(label) && follows(c));
    }

    /** The answers on which INT8 surely does not follow. */
    List<ClassAgreement> left() {
        return classes.stream().filter(this::leaves).toList();
    }

    /** The share of inputs on which the two differ, over all classes. */
    Proportion disagreement() {
        return new Proportion(fidelity.compared() - fidelity.agreed(), fidelity.compared());
    }

    /** @param careful whether a class that was not shown to be safe counts as breached, as it does under clipping */
    List<Evidence> evidence(boolean careful) {
        List<Evidence> evidence = new ArrayList<>();
        var all = new ClassAgreement("all", fidelity.compared(), fidelity.agreed());
        evidence.add(evidence(all, leaves(all)));
        classes.forEach(c -> evidence.add(evidence(c, leaves(c) || (careful && !follows(c)))));
        return evidence;
    }

    /** For a sentence: why not every class counts as followed. */
    String doubtInWords() {
        var doubtful = classes.stream().filter(c -> !follows(c)).toList();
        if (doubtful.isEmpty()) {
            return "which answers the model can give is not known";
        }
        return doubtful.stream()
                .map(this::inWords)
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
    }

    /** For a sentence: "class 'event' 28.0 % of 90". */
    String inWords(ClassAgreement c) {
        if (c.compared() == 0) {
            return "no input of class '" + c.label() + "' has come yet";
        }
        return c.compared() < policy.minClass()
                ? "only " + c.compared() + " inputs of class '" + c.label() + "' have come"
                : "class '" + c.label() + "' followed on " + Words.percent(share(c).share()) + " of " + c.compared();
    }

    private boolean follows(ClassAgreement c) {
        return c.compared() >= policy.minClass() && range(c).lower() >= policy.agreementFloor();
    }

    private boolean leaves(ClassAgreement c) {
        return c.compared() >= policy.minClass() && range(c).upper() < policy.agreementFloor();
    }

    private Interval range(ClassAgreement c) {
        return share(c).interval(policy.confidence());
    }

    private static Proportion share(ClassAgreement c) {
        return new Proportion(c.agreed(), c.compared());
    }

    private Evidence evidence(ClassAgreement c, boolean breached) {
        return Words.evidence("agreement", c.label(), share(c), policy.confidence(), policy.agreementFloor(), breached);
    }
}
