package io.plumbline.judging.replay;

import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.message.VerdictEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The first thing that a recorded verdict and the same one judged again do not share.
 *
 * @param what the number, in words
 */
public record Difference(String what, String recorded, String again) {

    /* Logarithms may differ in the last bit from one Java to the next. */
    private static final double ROUNDING = 1e-9;

    static Optional<Difference> between(VerdictEvent recorded, VerdictEvent again) {
        return counts(recorded, again)
                .or(() -> evidence(recorded.evidence(), again.evidence()))
                .or(() -> of("the verdict", recorded.verdict(), again.verdict()))
                .or(() -> of("the reason", recorded.because(), again.because()))
                .or(() -> of("what carries the change", recorded.carriers(), again.carriers()))
                .or(() -> of("the id", recorded.id(), again.id()));
    }

    static Optional<Difference> of(String what, Object recorded, Object again) {
        return recorded.equals(again)
                ? Optional.empty()
                : Optional.of(new Difference(what, words(recorded), words(again)));
    }

    private static String words(Object value) {
        return value instanceof Optional<?> maybe
                ? maybe.map(String::valueOf).orElse("nothing")
                : String.valueOf(value);
    }

    private static Optional<Difference> counts(VerdictEvent recorded, VerdictEvent again) {
        if (recorded.horizon().isEmpty() || again.horizon().isEmpty()) {
            return of("the horizon", recorded.horizon(), again.horizon());
        }
        var one = recorded.horizon().get();
        var two = again.horizon().get();
        return of("the start of the horizon", one.from(), two.from())
                .or(() -> of("the end of the horizon", one.to(), two.to()))
                .or(() -> of("the readings in the horizon", one.readings(), two.readings()))
                .or(() -> of("the inputs compared with FP32", one.compared(), two.compared()))
                .or(() -> of("the labelled answers", one.labelled(), two.labelled()));
    }

    private static Optional<Difference> evidence(List<Evidence> recorded, List<Evidence> again) {
        var facts = of("the measures", names(recorded), names(again));
        if (facts.isPresent()) {
            return facts;
        }
        for (int i = 0; i < recorded.size(); i++) {
            var first = evidence(recorded.get(i), again.get(i));
            if (first.isPresent()) {
                return first;
            }
        }
        return Optional.empty();
    }

    private static List<String> names(List<Evidence> facts) {
        var names = new ArrayList<String>();
        facts.forEach(fact -> names.add(name(fact)));
        return names;
    }

    private static String name(Evidence fact) {
        return fact.measure() + " of " + fact.subject()
                + fact.device().map(device -> " of " + device).orElse("");
    }

    private static Optional<Difference> evidence(Evidence one, Evidence two) {
        var name = name(one);
        return real(name, one.value(), two.value())
                .or(() -> of("the sample of " + name, one.samples(), two.samples()))
                .or(() -> real("the lower bound of " + name, one.lower(), two.lower()))
                .or(() -> real("the upper bound of " + name, one.upper(), two.upper()))
                .or(() -> real("the threshold of " + name, one.threshold(), two.threshold()))
                .or(() -> of("whether " + name + " is breached", one.breached(), two.breached()));
    }

    private static Optional<Difference> real(String what, double recorded, double again) {
        var near = Math.abs(recorded - again) <= ROUNDING * Math.max(1, Math.abs(recorded));
        return near ? Optional.empty() : of(what, recorded, again);
    }
}
