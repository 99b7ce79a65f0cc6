package io.plumbline.cli.verdict;

import io.plumbline.contract.message.Verdict;
import io.plumbline.contract.message.VerdictEvent;
import io.plumbline.drift.Rule;
import io.plumbline.judging.cohort.Evaluation;
import io.plumbline.judging.policy.JudgingPolicy;
import io.plumbline.judging.replay.Difference;
import io.plumbline.judging.replay.Finding;
import java.util.List;
import java.util.Optional;

/**
 * What {@code plumbline explain --json} prints.
 *
 * @param conclusion MATCH, MISMATCH or INCOMPLETE
 * @param difference the first one
 * @param missing what the log no longer has
 * @param recorded the verdict, as the topic has it
 * @param again the verdict, judged again
 * @param rule that decided when it was judged again
 * @param windows of its horizon
 * @param labelledInLog labelled answers of the horizon that the log has now
 * @param lateDeltas that came for the horizon after the verdict
 * @param withLateDeltas what is said with them; empty where none came
 * @param consequence what follows, in sentences
 */
record ExplainJson(
        Finding.Conclusion conclusion,
        Optional<Difference> difference,
        List<String> missing,
        VerdictEvent recorded,
        Optional<VerdictEvent> again,
        Optional<Rule> rule,
        List<Evaluation.Span> windows,
        long labelledInLog,
        long lateDeltas,
        Optional<Verdict> withLateDeltas,
        List<String> consequence) {

    static ExplainJson of(Finding finding, Said said) {
        var result = finding.result();
        return new ExplainJson(
                result.conclusion(),
                result.difference(),
                result.missing(),
                finding.recorded(),
                finding.again().map(Finding.Again::event),
                finding.again().map(Finding.Again::rule),
                finding.evaluation().map(Evaluation::spans).orElse(List.of()),
                finding.since().labelledInLog(),
                finding.since().deltas(),
                finding.since().verdict(),
                new Consequence(finding.recorded(), said).lines(finding.policy().map(JudgingPolicy::recalibration)));
    }
}
