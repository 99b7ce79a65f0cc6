package io.plumbline.cli.demo;

import io.plumbline.cli.proof.Account;
import io.plumbline.cli.proof.DemoReport;
import io.plumbline.cli.proof.Harness;
import io.plumbline.client.ClientException;
import io.plumbline.contract.artifact.ModelView;
import io.plumbline.contract.id.Digest;
import io.plumbline.inference.ModelLoadException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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

    /** @param left the build that runs after the last turn */
    DemoReport report(List<TurnRun> runs, Digest left, Measured measured)
            throws ClientException, ModelLoadException, InterruptedException {
        var builds = builds(runs, left);
        var listed = listed(builds);
        harness.prepare(subjects(runs, builds, listed));
        var turns = new ArrayList<DemoReport.TurnReport>();
        for (int turn = 0; turn < runs.size(); turn++) {
            turns.add(runs.get(turn).report(harness, account, builds.get(turn + 1)));
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
                scored(runs, listed),
                Optional.empty());
    }

    /** What ran before each turn, and at the end. */
    private static List<Digest> builds(List<TurnRun> runs, Digest left) {
        return Stream.concat(runs.stream().map(TurnRun::build), Stream.of(left)).toList();
    }

    private static List<Harness.Subject> subjects(
            List<TurnRun> runs, List<Digest> builds, List<ModelView.Build> listed) {
        var subjects = new ArrayList<Harness.Subject>();
        for (int turn = 0; turn < runs.size(); turn++) {
            var stretch = runs.get(turn).stretch();
            builds.subList(turn, turn + 2).forEach(build -> subjects.add(new Harness.Subject(build, stretch)));
        }
        listed.forEach(build ->
                subjects.add(new Harness.Subject(build.manifest(), runs.get(0).stretch())));
        return subjects;
    }

    /** The version's first builds, and every build that was left running by a turn. */
    private List<ModelView.Build> listed(List<Digest> left) throws ClientException {
        return harness.builds().stream()
                .filter(build -> build.card().parent().isEmpty() || left.contains(build.manifest()))
                .toList();
    }

    /** Scored on the first turn's readings. */
    private List<DemoReport.BuildReport> scored(List<TurnRun> runs, List<ModelView.Build> listed)
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
