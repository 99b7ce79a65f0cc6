package io.plumbline.cli.demo;

import io.plumbline.cli.client.ClientException;
import io.plumbline.cli.proof.Account;
import io.plumbline.cli.proof.DemoReport;
import io.plumbline.cli.proof.Harness;
import io.plumbline.contract.artifact.ModelView;
import io.plumbline.contract.id.Digest;
import io.plumbline.inference.ModelLoadException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Turns what was seen and what the harness measures into the report. */
final class Verification {

    private final Harness harness;
    private final Account account;

    Verification(Harness harness, Account account) {
        this.harness = harness;
        this.account = account;
    }

    /** What was measured while the turns played. */
    record Measured(double secondsToFirstInference, long peakRssMb) {}

    DemoReport report(List<TurnRun> runs, Measured measured)
            throws ClientException, ModelLoadException, InterruptedException {
        var listed = listed(runs);
        harness.prepare(subjects(runs, listed));
        var turns = new ArrayList<DemoReport.TurnReport>();
        for (var run : runs) {
            turns.add(run.report(harness, account));
        }
        var totals = account.totals();
        var closed = totals.isExact()
                && turns.stream().allMatch(turn -> turn.problem().isEmpty());
        return new DemoReport(
                closed,
                totals.readingsSent(),
                totals.results(),
                totals.deadLetters(),
                totals.lost(),
                totals.duplicates(),
                measured.secondsToFirstInference(),
                measured.peakRssMb(),
                turns,
                builds(runs, listed),
                Optional.empty());
    }

    private static List<Harness.Subject> subjects(List<TurnRun> runs, List<ModelView.Build> listed) {
        var subjects = new ArrayList<Harness.Subject>();
        runs.forEach(run -> subjects.addAll(run.subjects()));
        listed.forEach(build ->
                subjects.add(new Harness.Subject(build.manifest(), runs.get(0).stretch())));
        return subjects;
    }

    /** The version's first builds, and every build that went live. */
    private List<ModelView.Build> listed(List<TurnRun> runs) throws ClientException {
        var live = new LinkedHashSet<Digest>();
        runs.forEach(
                run -> run.live().ifPresent(heard -> live.add(heard.message().candidate())));
        return harness.builds().stream()
                .filter(build -> build.card().parent().isEmpty() || live.contains(build.manifest()))
                .toList();
    }

    /** Scored on the first turn's readings. */
    private List<DemoReport.BuildReport> builds(List<TurnRun> runs, List<ModelView.Build> listed)
            throws ClientException, ModelLoadException {
        var reports = new ArrayList<DemoReport.BuildReport>();
        for (var build : listed) {
            var score = harness.score(
                    new Harness.Subject(build.manifest(), runs.get(0).stretch()));
            reports.add(new DemoReport.BuildReport(
                    build.manifest(),
                    build.card().recipe(),
                    build.card().sizeBytes(),
                    score.accuracy(),
                    score.agreement(),
                    score.eventAgreement()));
        }
        return reports;
    }
}
