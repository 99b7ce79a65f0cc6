package io.plumbline.fleet.core.console.drift;

import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.message.Verdict;
import io.plumbline.contract.message.VerdictEvent;
import io.plumbline.contract.message.VerdictEvent.Carrier;
import io.plumbline.fleet.core.console.chart.Chart;
import io.plumbline.fleet.core.console.chart.Mark;
import io.plumbline.fleet.core.view.Heard;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything about one cohort.
 *
 * @param because the verdict in one sentence
 * @param verdict the event that began it; empty if it was not heard
 * @param facts in words, those beyond their limits first
 * @param carriers which parts carry the change, the most telling first
 * @param elsewhere the same model on other sites, the worst first
 * @param elsewhereTroubled how many of these have the same verdict
 * @param inputs what came in, beside the reference
 * @param spans of time that the charts can have; none where there is nothing to choose
 * @param marks what happened, newest first, with the numbers of the charts
 * @param at moment that the charts show; empty for now
 */
public record CohortDrift(
        ModelHealth health,
        String because,
        Optional<Heard<VerdictEvent>> verdict,
        List<Fact> facts,
        List<Carrier> carriers,
        List<DriftBoard.Line> elsewhere,
        long elsewhereTroubled,
        InputCharts inputs,
        List<Chart> charts,
        List<Choice> spans,
        List<Mark> marks,
        Optional<Instant> at) {

    public CohortDrift {
        facts = List.copyOf(facts);
        carriers = List.copyOf(carriers);
        elsewhere = List.copyOf(elsewhere);
        charts = List.copyOf(charts);
        spans = List.copyOf(spans);
        marks = List.copyOf(marks);
    }

    /**
     * A stretch of time to look at.
     *
     * @param link to the page with it
     * @param chosen whether the charts have it
     */
    public record Choice(String words, String link, boolean chosen) {}

    /** Whether a verdict that calls for somebody stands although nothing is beyond its limit now: it ends when windows in a row are calm. */
    public boolean calm() {
        return health.verdict() != Verdict.STABLE
                && health.verdict() != Verdict.INSUFFICIENT
                && !health.evidence().isEmpty()
                && health.evidence().stream().noneMatch(Evidence::breached);
    }

    /** What was beyond its limit when the verdict began, in words; nothing if that was not heard. */
    public List<Fact> began() {
        return verdict.map(begun -> Fact.of(begun.event().evidence().stream()
                        .filter(Evidence::breached)
                        .toList()))
                .orElse(List.of());
    }
}
