package io.plumbline.judging.replay;

import static io.plumbline.judging.replay.Windows.REFERENCE;
import static io.plumbline.judging.replay.Windows.START;
import static io.plumbline.judging.replay.Windows.delta;
import static io.plumbline.judging.replay.Windows.label;
import static io.plumbline.judging.replay.Windows.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.message.StatsDelta;
import io.plumbline.contract.message.Verdict;
import io.plumbline.contract.message.VerdictEvent;
import io.plumbline.drift.Rule;
import io.plumbline.judging.replay.Finding.Conclusion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReexaminationTest {

    private static final List<StatsDelta> LOG =
            IntStream.range(0, 12).mapToObj(i -> delta(i, i < 6 ? 0 : 100)).toList();

    private static List<VerdictEvent> said(List<StatsDelta> log) {
        var processor = new Windows.Processor();
        log.forEach(processor::hear);
        return processor.verdicts;
    }

    private static Finding examine(VerdictEvent recorded, List<StatsDelta> log, LogExtent extent) {
        var again = new Reexamination(recorded, recorded.basis().orElseThrow(), Optional.of(REFERENCE), Set.of());
        log.forEach(delta -> again.on(delta, START));
        return again.finding(extent);
    }

    @Test
    void everyVerdictJudgedAgainFromTheSameLogMatches() {
        var said = said(LOG);
        assertThat(said).extracting(VerdictEvent::verdict).containsExactly(Verdict.STABLE, Verdict.DATA_DRIFT);

        for (var recorded : said) {
            var finding = examine(recorded, LOG, LogExtent.WHOLE);

            assertThat(finding.result().difference()).isEmpty();
            assertThat(finding.result().conclusion()).isEqualTo(Conclusion.MATCH);
            assertThat(finding.again()).map(Finding.Again::event).contains(recorded);
        }
    }

    @Test
    void theRuleThatDecidedAndTheWindowsAreTold() {
        var finding = examine(said(LOG).get(1), LOG, LogExtent.WHOLE);

        assertThat(finding.again()).map(Finding.Again::rule).contains(Rule.CLIPS_BUT_FOLLOWS);
        assertThat(finding.evaluation().orElseThrow().spans()).hasSize(6).allSatisfy(span -> {
            assertThat(span.readings()).isEqualTo(240);
            assertThat(span.compared()).isEqualTo(120);
            assertThat(span.deltas()).isEqualTo(1);
        });
    }

    @Test
    void aDeltaThatWasChangedSinceIsFoundByTheFirstNumberThatDiffers() {
        var recorded = said(LOG).get(1);
        var tampered = new ArrayList<>(LOG);
        tampered.set(6, delta(6, 99));

        var finding = examine(recorded, tampered, LogExtent.WHOLE);

        assertThat(finding.result().conclusion()).isEqualTo(Conclusion.MISMATCH);
        assertThat(finding.result().difference().orElseThrow().what()).isEqualTo("clipping of window");
    }

    @Test
    void aRecordThatWasChangedSinceIsFound() {
        var recorded = said(LOG).get(1);
        var horizon = recorded.horizon().orElseThrow();
        var more = new VerdictEvent.Horizon(
                horizon.from(), horizon.to(), horizon.readings() + 1, horizon.compared(), horizon.labelled());

        var finding = examine(recorded.resting(more, List.of()), LOG, LogExtent.WHOLE);

        assertThat(finding.result().difference())
                .contains(new Difference("the readings in the horizon", "1441", "1440"));
    }

    @Test
    void everyNumberOfTheEvidenceCounts() {
        var recorded = said(LOG).get(1);
        var fact = recorded.evidence().get(0);
        var forged = new Evidence(
                fact.measure(),
                fact.subject(),
                fact.value(),
                fact.lower(),
                fact.upper(),
                fact.threshold() + 0.01,
                fact.samples(),
                fact.breached());
        var evidence = new ArrayList<>(recorded.evidence());
        evidence.set(0, forged);

        var finding = examine(with(recorded, evidence), LOG, LogExtent.WHOLE);

        assertThat(finding.result().difference().orElseThrow().what()).isEqualTo("the threshold of clipping of window");
    }

    @Test
    void aLogThatLostItsBeginningSaysWhatIsMissingAndNothingElse() {
        var recorded = said(LOG).get(1);
        var extent = new LogExtent(Optional.of(START), Optional.empty());

        var finding = examine(recorded, LOG.subList(5, LOG.size()), extent);

        assertThat(finding.result().conclusion()).isEqualTo(Conclusion.INCOMPLETE);
        assertThat(finding.result().missing())
                .containsExactly("statistics: of 1440 readings the log still has 1200; all that came before " + START
                        + " is deleted");
    }

    @Test
    void aLogThatLostOnlyWhatTheVerdictDoesNotRestOnIsEnough() {
        var recorded = said(LOG).get(1);
        var extent = new LogExtent(Optional.of(START), Optional.empty());

        var finding = examine(recorded, LOG.subList(2, LOG.size()), extent);

        assertThat(finding.result().conclusion()).isEqualTo(Conclusion.MATCH);
    }

    @Test
    void aProfileThatTheRegistryLostIsMissing() {
        var recorded = said(LOG).get(1);
        var again = new Reexamination(recorded, recorded.basis().orElseThrow(), Optional.empty(), Set.of());
        LOG.forEach(delta -> again.on(delta, START));

        var result = again.finding(LogExtent.WHOLE).result();

        assertThat(result.conclusion()).isEqualTo(Conclusion.INCOMPLETE);
        assertThat(result.missing()).singleElement().asString().startsWith("the reference profile of build ");
    }

    @Test
    void aWholeLogWithoutTheWindowDoesNotMatch() {
        var finding = examine(said(LOG).get(1), LOG.subList(0, 5), LogExtent.WHOLE);

        assertThat(finding.result().difference().orElseThrow().what()).isEqualTo("the window that decided");
    }

    @Test
    void labelsAreHeldAgainstTheLogAndLaterOnesDoNoHarm() {
        // Given: 40 labels that the verdict counts, of events found on every second, and one that comes after it
        var processor = new Windows.Processor();
        var seconds = IntStream.range(0, 40).map(i -> 100 + i).toArray();
        for (var second : seconds) {
            processor.hear(result(second, "event"));
            processor.hear(label(second, second % 2 == 0 ? "event" : "normal"));
        }
        LOG.forEach(processor::hear);
        var recorded = processor.verdicts.get(0);
        assertThat(recorded.horizon().orElseThrow().labelled()).isPositive();

        // When
        var labelled = IntStream.range(100, 141)
                .mapToObj(second -> label(second, "event").event().toString())
                .collect(Collectors.toSet());
        var again = new Reexamination(recorded, recorded.basis().orElseThrow(), Optional.of(REFERENCE), labelled);
        LOG.forEach(delta -> again.on(delta, START));
        for (int second = 100; second < 141; second++) {
            again.on(result(second, "event"), START);
            again.on(label(second, second % 2 == 0 ? "event" : "normal"), START);
        }

        // Then
        var finding = again.finding(LogExtent.WHOLE);
        assertThat(finding.result().difference()).isEmpty();
        assertThat(finding.since().labelledInLog())
                .isGreaterThanOrEqualTo(recorded.horizon().orElseThrow().labelled());
        var without = examine(recorded, LOG, LogExtent.WHOLE).result();
        assertThat(without.difference().orElseThrow().what()).isEqualTo("the labelled answers");
    }

    @Test
    void statisticsThatCameAfterTheVoteAreJudgedWithTheOthersBesideIt() {
        // Given
        var recorded = said(LOG).get(0);
        var log = new ArrayList<>(LOG);
        log.add(Windows.more(1, 120, 0));
        log.add(Windows.more(1, 120, 0));
        log.add(Windows.more(1, 120, 1));
        log.add(Windows.more(6, 120, 0));

        // When
        var finding = examine(recorded, log, LogExtent.WHOLE);

        // Then
        assertThat(finding.result().conclusion()).isEqualTo(Conclusion.MATCH);
        assertThat(finding.since()).isEqualTo(new Finding.Since(0, 2, Optional.of(Verdict.DATA_DRIFT)));
    }

    private static VerdictEvent with(VerdictEvent event, List<Evidence> evidence) {
        return new VerdictEvent(
                event.id(),
                event.cohort(),
                event.at(),
                event.verdict(),
                event.previous(),
                event.because(),
                evidence,
                event.horizon(),
                event.carriers(),
                event.basis(),
                event.corrected());
    }
}
