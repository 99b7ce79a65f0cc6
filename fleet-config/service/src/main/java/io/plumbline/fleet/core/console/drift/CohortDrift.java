package io.plumbline.fleet.core.console.drift;

import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.message.VerdictEvent;
import io.plumbline.contract.message.VerdictEvent.Carrier;
import io.plumbline.fleet.core.console.chart.Chart;
import io.plumbline.fleet.core.console.chart.Mark;
import io.plumbline.fleet.core.view.Heard;
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
 * @param marks what happened, newest first, with the numbers of the charts
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
        List<Mark> marks) {

    public CohortDrift {
        facts = List.copyOf(facts);
        carriers = List.copyOf(carriers);
        elsewhere = List.copyOf(elsewhere);
        charts = List.copyOf(charts);
        marks = List.copyOf(marks);
    }
}
