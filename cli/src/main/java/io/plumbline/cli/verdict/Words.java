package io.plumbline.cli.verdict;

import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.message.Verdict;
import io.plumbline.drift.VerdictRules;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;

/** Moments, numbers and verdicts for a person at a terminal. */
final class Words {

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Words() {}

    /** {@code 2026-01-02 03:04}, in UTC. */
    static String minute(Instant moment) {
        return MINUTE.format(moment);
    }

    /** {@code 03:04}, in UTC. */
    static String time(Instant moment) {
        return TIME.format(moment);
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** In the colour of how bad it is, where the terminal has colours. */
    static String verdict(Verdict verdict) {
        var colour = switch (verdict) {
            case STABLE -> "green";
            case INSUFFICIENT -> "faint";
            case DATA_DRIFT -> "yellow";
            default -> "red";
        };
        return style("bold," + colour, verdict.name());
    }

    static String bold(String text) {
        return style("bold", text);
    }

    static String style(String styles, String text) {
        return Ansi.AUTO.enabled() ? Ansi.ON.string("@|" + styles + " " + text + "|@") : text;
    }

    /** The value of a fact in its own unit. */
    static String value(Evidence fact, double value) {
        return switch (fact.measure()) {
            case "agreement", "clipping", "accuracy", VerdictRules.ESTIMATED_ACCURACY ->
                String.format(Locale.ROOT, "%.1f %%", 100 * value);
            case "psi", "delta" -> String.format(Locale.ROOT, "%.3f", value);
            default -> count(Math.round(value));
        };
    }

    /** Whether small values of the measure speak for a change. */
    static boolean isBadWhenLow(Evidence fact) {
        return fact.measure().equals("agreement") || fact.measure().endsWith("accuracy");
    }

    /** Lines of at most this width, each indented. */
    static List<String> wrapped(String text, String indent, int width) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder(indent);
        for (var word : text.split("(?<=\\S) ")) {
            if (line.length() + word.length() > width && line.length() > indent.length()) {
                lines.add(line.toString().stripTrailing());
                line.setLength(indent.length());
            }
            line.append(word).append(' ');
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }
}
