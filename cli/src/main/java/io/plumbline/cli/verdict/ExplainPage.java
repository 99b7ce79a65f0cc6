package io.plumbline.cli.verdict;

import io.plumbline.cli.tool.Table;
import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.message.Verdict;
import io.plumbline.contract.message.VerdictEvent;
import io.plumbline.drift.Rule;
import io.plumbline.judging.cohort.Evaluation;
import io.plumbline.judging.policy.JudgingPolicy;
import io.plumbline.judging.replay.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The evidence of one verdict, from what was decided to the numbers below it. */
final class ExplainPage {

    private static final String INDENT = "  ";
    private static final int WIDTH = 100;
    private static final int MOST_WINDOWS = 24;

    private final Finding finding;
    private final Said said;
    private final VerdictEvent recorded;
    private final List<String> lines = new ArrayList<>();

    ExplainPage(Finding finding, Said said) {
        this.finding = finding;
        this.said = said;
        this.recorded = finding.recorded();
    }

    List<String> lines() {
        lines.clear();
        head();
        conclusion();
        rule();
        section("What was measured");
        evidence();
        section("Where it is");
        text(carriers());
        finding.evaluation().ifPresent(this::windows);
        corrections();
        section("What follows");
        new Consequence(recorded, said)
                .lines(finding.policy().map(JudgingPolicy::recalibration))
                .forEach(this::text);
        recorded.basis().ifPresent(basis -> {
            section("The policy in force");
            text(basis.policy().entrySet().stream()
                    .map(setting -> setting.getKey() + "=" + setting.getValue())
                    .collect(Collectors.joining(" ")));
        });
        return List.copyOf(lines);
    }

    private void head() {
        var cohort = recorded.cohort();
        lines.add(Words.verdict(recorded.verdict()) + "  " + Words.bold(cohort.model() + " on " + cohort.site())
                + "  build " + cohort.build().shortHex() + "  verdict " + recorded.id());
        lines.add("since " + Words.minute(recorded.at()) + " UTC; " + recorded.previous() + " before");
        lines.add("");
        text(recorded.because() + ".");
    }

    private void conclusion() {
        lines.add("");
        var result = finding.result();
        switch (result.conclusion()) {
            case MATCH ->
                lines.add(Words.style("bold,green", "MATCH")
                        + "  judged again from the log: every number is the one that was recorded");
            case MISMATCH -> mismatch();
            case INCOMPLETE -> {
                lines.add(Words.style("bold,yellow", "INCOMPLETE")
                        + "  the log no longer has what it was judged from; the numbers below are the recorded ones");
                result.missing().forEach(missing -> text("missing: " + missing));
            }
        }
    }

    private void mismatch() {
        lines.add(Words.style("bold,red", "MISMATCH")
                + "  judged again from the log, it is not what was recorded; the first number that differs:");
        finding.result().difference().ifPresent(first -> {
            text(first.what());
            text("  recorded      " + first.recorded());
            text("  from the log  " + first.again());
        });
    }

    private void rule() {
        finding.again()
                .filter(again -> again.event().verdict() == recorded.verdict())
                .ifPresent(again -> {
                    section("The rule that decided");
                    text("rule " + (again.rule().ordinal() + 1) + " of " + Rule.values().length
                            + ", the first that applies: " + again.rule().words() + ".");
                });
        finding.evaluation().ifPresent(this::votes);
    }

    private void votes(Evaluation said) {
        var needed = finding.policy()
                .map(policy -> policy.evaluation().confirmations())
                .orElse(1);
        text(
                said.changes()
                        ? "It took hold because " + needed + " complete windows in a row said so."
                        : "In the log this vote alone does not turn the verdict, " + needed
                                + " in a row would: what came before is deleted, or was judged by another policy.");
    }

    private void evidence() {
        var table = new Table("", "measure", "of", "value", "surely between", "held against", "sample").left(1, 2, 5);
        recorded.evidence().forEach(fact -> row(table, fact));
        table.lines().forEach(line -> lines.add(INDENT + line));
        text("! speaks for a change; chance: how far values that follow each other may be off without one");
    }

    private void row(Table table, Evidence fact) {
        var of = fact.device().map(device -> device + " ").orElse("") + fact.subject();
        if (fact.samples() == 0) {
            table.row("", fact.measure(), of, "-", "", "not evaluated", "0");
            return;
        }
        var sure = fact.lower() < fact.upper()
                ? Words.value(fact, fact.lower()) + " and " + Words.value(fact, fact.upper())
                : "";
        table.row(
                fact.breached() ? "!" : "",
                fact.measure(),
                of,
                Words.value(fact, fact.value()),
                sure,
                (Words.isBadWhenLow(fact) ? "below " : "above ") + Words.value(fact, fact.threshold()) + chance(fact),
                Words.count(fact.samples()));
    }

    /** Whether the floor of the policy or chance is what a moved input has to be above. */
    private String chance(Evidence fact) {
        var floor =
                finding.policy().map(policy -> policy.evaluation().verdicts().psiFloor());
        if (!fact.measure().equals("psi") || floor.isEmpty()) {
            return "";
        }
        return fact.threshold() > floor.get()
                ? String.format(Locale.ROOT, " (chance; floor %.3f)", floor.get())
                : " (floor; chance is less)";
    }

    private String carriers() {
        var carriers = recorded.carriers().orElse(List.of());
        return carriers.isEmpty()
                ? "No part of the site carries it alone."
                : "On " + recorded.cohort().site() + ": "
                        + carriers.stream()
                                .map(carrier ->
                                        carrier.part().name().toLowerCase(Locale.ROOT) + " '" + carrier.name() + "'")
                                .collect(Collectors.joining(", ", "", "."));
    }

    private void windows(Evaluation said) {
        section("The windows it rests on, " + Words.minute(said.from()) + " to " + Words.minute(said.to()) + " UTC");
        var table = new Table("window", "deltas", "readings", "compared with FP32");
        var spans = said.spans();
        var shown = spans.subList(Math.max(0, spans.size() - MOST_WINDOWS), spans.size());
        if (shown.size() < spans.size()) {
            table.row((spans.size() - shown.size()) + " older ones", "", "", "");
        }
        shown.forEach(span -> table.row(
                Words.time(span.start()) + " - " + Words.time(span.end()),
                Words.count(span.deltas()),
                Words.count(span.readings()),
                Words.count(span.compared())));
        table.row(
                "all " + spans.size(),
                Words.count(spans.stream().mapToInt(Evaluation.Span::deltas).sum()),
                Words.count(said.horizon().readings()),
                Words.count(said.horizon().compared()));
        table.lines().forEach(line -> lines.add(INDENT + line));
        text(labels());
        finding.since().verdict().ifPresent(this::late);
    }

    private void late(Verdict now) {
        var came = Words.count(finding.since().deltas()) + (finding.since().deltas() == 1 ? " delta" : " deltas")
                + " of these windows came after the vote; ";
        text("Late statistics: " + came
                + (now == recorded.verdict() ? "it is the same with them." : "with them it is " + now + "."));
    }

    private void corrections() {
        recorded.corrected().ifPresent(windows -> {
            section("Windows of the past that say something else now");
            windows.forEach(window -> text("until " + Words.minute(window.window()) + " UTC: " + window.before()
                    + " when it voted, " + window.after() + " with statistics that came until "
                    + Words.minute(window.noticed())));
        });
    }

    private String labels() {
        long counted = recorded.horizon().map(VerdictEvent.Horizon::labelled).orElse(0L);
        if (counted == 0) {
            return "Labels: none had come for these readings.";
        }
        var later = finding.since().labelledInLog() - counted;
        return "Labels: the truth of " + Words.count(counted) + " of these answers was known"
                + (later > 0 ? "; that of " + Words.count(later) + " more came after the verdict." : ".");
    }

    private void section(String title) {
        lines.add("");
        lines.add(Words.bold(title));
    }

    private void text(String sentence) {
        lines.addAll(Words.wrapped(sentence, INDENT, WIDTH));
    }
}
