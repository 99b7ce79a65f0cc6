package io.plumbline.fleet.core.console.drift;

import io.plumbline.contract.message.Evidence;
import io.plumbline.fleet.core.console.Tone;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A measured fact in words.
 *
 * @param words what was measured
 * @param detail how sure that is, and what it is held against
 * @param state whether it is beyond its limit, within, or not known
 */
public record Fact(String words, String detail, String state, Tone tone) {

    private static final String ALL = "all";
    /** Shares that should be large. */
    private static final Set<String> LARGE = Set.of("agreement", "accuracy", "estimated-accuracy");

    private static final Set<String> SHARES = Set.of("agreement", "accuracy", "estimated-accuracy", "clipping");

    /** Those beyond their limits first. */
    static List<Fact> of(List<Evidence> evidence) {
        return evidence.stream()
                .sorted(Comparator.comparing(Evidence::breached)
                        .thenComparing(fact -> fact.samples() > 0)
                        .reversed())
                .map(Fact::of)
                .toList();
    }

    static Fact of(Evidence fact) {
        if (fact.samples() == 0 && !fact.breached()) {
            return new Fact(subject(fact), "nothing has been seen yet", "not known", Tone.PLAIN);
        }
        return new Fact(
                said(fact),
                detail(fact),
                fact.breached() ? "beyond its limit" : "as it should be",
                fact.breached() ? Tone.BAD : Tone.GOOD);
    }

    private static String said(Evidence fact) {
        var value = number(fact, fact.value());
        var whole = fact.subject().equals(ALL);
        return switch (fact.measure()) {
            case "agreement" ->
                "INT8 gives FP32's answer on " + value + " of "
                        + (whole ? "all inputs" : "the inputs that FP32 calls “" + fact.subject() + "”");
            case "clipping" -> value + " of the inputs leave the calibrated range of tensor “" + fact.subject() + "”";
            case "psi" ->
                (whole ? "The inputs have" : "Feature “" + fact.subject() + "” has") + " moved by a PSI of " + value;
            case "accuracy" ->
                value + " of "
                        + (whole ? "all labelled answers" : "the answers whose truth is “" + fact.subject() + "”")
                        + " are right";
            case "estimated-accuracy" -> value + " of the answers are right, as far as confidence tells without labels";
            default ->
                fact.measure() + " of " + (whole ? "all" : "“" + fact.subject() + "”") + ": " + value
                        + fact.device().map(device -> " on device " + device).orElse("");
        };
    }

    private static String subject(Evidence fact) {
        return fact.measure().replace('-', ' ') + (fact.subject().equals(ALL) ? "" : " of “" + fact.subject() + "”");
    }

    private static String detail(Evidence fact) {
        var interval = fact.upper() > fact.lower()
                ? number(fact, fact.lower()) + " to " + number(fact, fact.upper()) + ", "
                : "";
        var side = LARGE.contains(fact.measure()) ? "at least " : "at most ";
        return interval + "from " + String.format(Locale.ROOT, "%,d", fact.samples()) + " observations; should be "
                + side + number(fact, fact.threshold());
    }

    private static String number(Evidence fact, double value) {
        return SHARES.contains(fact.measure())
                ? String.format(Locale.ROOT, "%.1f %%", 100 * value)
                : String.format(Locale.ROOT, value >= 10 ? "%.0f" : "%.3f", value);
    }
}
