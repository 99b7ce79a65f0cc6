package io.plumbline.rollout.log;

import io.plumbline.contract.wire.Json;
import io.plumbline.rollout.state.RolloutState;
import java.nio.charset.StandardCharsets;

/**
 * A logged decision, made again.
 *
 * @param outcome whether it came out the same, to the last bit
 * @param recorded the rules that decided
 * @param used the rules that decided again
 * @param difference where it did not come out the same; empty if it did
 */
public record Reexamination(Outcome outcome, String recorded, String used, String difference) {

    /** What a second look found. */
    public enum Outcome {
        MATCH,
        MISMATCH
    }

    private static final int SHOWN = 60;

    /** Whether other rules than those of this code decided: then that it came out otherwise is no sign that the log was changed. */
    public boolean byOtherRules() {
        return !recorded.equals(used);
    }

    /** Decides again from what was logged. */
    public static Reexamination of(Decided logged) {
        var again = Decided.decide(logged.before(), logged.cause(), logged.situation())
                .map(decided -> text(decided.after()))
                .orElse("no transition");
        var then = text(logged.after());
        var same = again.equals(then);
        return new Reexamination(
                same ? Outcome.MATCH : Outcome.MISMATCH,
                logged.rules(),
                Decided.RULES,
                same ? "" : difference(then, again));
    }

    private static String text(RolloutState state) {
        return new String(Json.encode(state), StandardCharsets.UTF_8);
    }

    private static String difference(String then, String again) {
        var at = 0;
        while (at < then.length() && at < again.length() && then.charAt(at) == again.charAt(at)) {
            at++;
        }
        return "recorded ..." + cut(then, at) + "... but decided again ..." + cut(again, at) + "...";
    }

    private static String cut(String text, int at) {
        return text.substring(Math.max(0, at - SHOWN / 2), Math.min(text.length(), at + SHOWN));
    }
}
