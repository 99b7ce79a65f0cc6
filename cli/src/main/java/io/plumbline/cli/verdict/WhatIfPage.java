package io.plumbline.cli.verdict;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.message.VerdictEvent;
import io.plumbline.judging.replay.Fired;
import io.plumbline.judging.replay.WhatIf;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Both policies beside each other.
 *
 * @param unknown builds that the registry does not have
 */
record WhatIfPage(Policies policies, WhatIf.Comparison compared, List<Digest> unknown) {

    private static final int REASON = 110;

    WhatIfPage {
        unknown = List.copyOf(unknown);
    }

    List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(Words.bold("Proposed: ") + proposal());
        lines.add(Words.bold("Replayed: ") + Words.minute(compared.from()) + " to " + Words.minute(compared.to())
                + " UTC (event time), beside what the processor said then");
        unknown.forEach(build -> lines.add(
                "note: the registry does not have build " + build.shortHex() + ": its inputs are not evaluated"));
        lines.add("");
        if (compared.fired().isEmpty()) {
            lines.add("Nothing fired, and nothing would have.");
        } else {
            compared.fired().forEach(fired -> lines.addAll(lines(fired)));
            lines.add("");
        }
        lines.addAll(counts());
        return lines;
    }

    private String proposal() {
        var changes = policies.changes();
        if (changes.isEmpty()) {
            return "what is in force already";
        }
        var words = new ArrayList<String>();
        var by = policies.known() ? "in force" : "the default";
        changes.forEach((name, change) ->
                words.add(name + " " + change.proposed() + " (" + by + ": " + change.inForce() + ")"));
        return String.join(", ", words);
    }

    private static List<String> lines(Fired fired) {
        var event = fired.either();
        var cohort = event.cohort();
        var head = sign(fired) + "  " + Words.minute(fired.at()) + "  " + cohort.model() + " on " + cohort.site()
                + "  build " + cohort.build().shortHex() + "  " + Words.verdict(event.verdict()) + moved(fired);
        var shown = fired.proposed().orElse(event).because();
        return List.of(head, "   " + (shown.length() > REASON ? shown.substring(0, REASON - 3) + "..." : shown));
    }

    private static String sign(Fired fired) {
        if (fired.inBoth()) {
            return "=";
        }
        return fired.now().isPresent() ? Words.style("bold", "-") : Words.style("bold", "+");
    }

    private static String moved(Fired fired) {
        var now = fired.now().map(VerdictEvent::at);
        var proposed = fired.proposed().map(VerdictEvent::at);
        return fired.inBoth() && !now.equals(proposed)
                ? "  (now " + minute(now) + ", proposed " + minute(proposed) + ")"
                : "";
    }

    private static String minute(Optional<Instant> moment) {
        return moment.map(Words::minute).orElse("-");
    }

    private List<String> counts() {
        return List.of(
                count("=", compared.inBoth(), "fired in both"),
                count("-", compared.onlyNow(), "fired only now: the proposed policy would have been silent"),
                count("+", compared.onlyProposed(), "would have fired only under the proposed policy"),
                count(" ", compared.requestsNow(), "recalibrations were requested"),
                count(" ", compared.requestsProposed(), "recalibrations would have been"));
    }

    private static String count(String sign, long number, String words) {
        return String.format(Locale.ROOT, "%s  %,6d  %s", sign, number, words);
    }

    /**
     * What {@code --json} prints.
     *
     * @param changes settings by name
     * @param unknownBuilds that the registry does not have
     */
    record Json(
            Map<String, Policies.Change> changes,
            Instant from,
            Instant to,
            long inBoth,
            long onlyNow,
            long onlyProposed,
            long requestsNow,
            long requestsProposed,
            List<Fired> fired,
            List<Digest> unknownBuilds) {}

    Json json() {
        return new Json(
                policies.changes(),
                compared.from(),
                compared.to(),
                compared.inBoth(),
                compared.onlyNow(),
                compared.onlyProposed(),
                compared.requestsNow(),
                compared.requestsProposed(),
                compared.fired(),
                unknown);
    }
}
