package io.plumbline.cli.recalibration;

import io.plumbline.cli.show.Utc;
import io.plumbline.contract.artifact.RecalibrationView;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.CandidateScore;
import io.plumbline.contract.message.RecalibrationEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Recalibrations for people at a terminal. Times are UTC. */
final class RecalibrationPage {

    private static final String ROW = "%-19s  %-9s  %-24s  %-12s  %-16s  %s";

    private RecalibrationPage() {}

    static List<String> table(List<RecalibrationView> views) {
        if (views.isEmpty()) {
            return List.of("no recalibrations");
        }
        var lines = new ArrayList<String>();
        lines.add(String.format(ROW, "REQUESTED", "STEP", "MODEL", "BUILD", "SITES", "ID"));
        for (var view : views) {
            lines.add(String.format(
                    ROW,
                    Utc.second(view.createdAt()),
                    view.step(),
                    view.request().model(),
                    view.request().build().shortHex(),
                    sites(view),
                    view.request().id()));
        }
        return lines;
    }

    static List<String> of(RecalibrationView view) {
        var lines = new ArrayList<String>();
        var request = view.request();
        lines.add("recalibration " + request.id() + " of " + request.model() + ", build "
                + request.build().shortHex() + " on " + sites(view));
        lines.add("because " + request.because());
        lines.addAll(lines(view.history()));
        if (!view.contributors().isEmpty()) {
            lines.add("from " + view.contributors());
        }
        lines.addAll(outcome(view));
        return lines;
    }

    static List<String> lines(List<RecalibrationView.Line> history) {
        return history.stream()
                .map(line -> String.format("%s  %-9s  %s", Utc.second(line.at()), line.step(), line.what()))
                .toList();
    }

    /** How it ended, or how it stands. */
    static List<String> outcome(RecalibrationView view) {
        var lines = new ArrayList<String>();
        var outcome = view.outcome();
        if (outcome.isEmpty()) {
            lines.add(view.step() + (view.awaited().isEmpty() ? "" : ", waiting for " + view.awaited() + until(view))
                    + "; plumbline recalibrations " + view.request().id() + " tells more");
        } else if (outcome.get() instanceof RecalibrationEvent.Accepted accepted) {
            lines.add("accepted " + accepted.candidate() + ": " + accepted.because());
            lines.addAll(scores(accepted.scores(), view.request().build()));
        } else if (outcome.get() instanceof RecalibrationEvent.Refused refused) {
            lines.add("refused: " + refused.because());
            lines.addAll(scores(refused.scores(), view.request().build()));
        }
        return lines;
    }

    private static String until(RecalibrationView view) {
        return view.deadline()
                .map(RecalibrationPage::second)
                .map(at -> " until " + at)
                .orElse("");
    }

    private static String second(Instant time) {
        return Utc.second(time);
    }

    private static List<String> scores(List<CandidateScore> scores, Digest running) {
        return scores.stream()
                .map(score -> String.format(
                        Locale.ROOT,
                        "  %-7s %s  %-22s  %6d windows, %.5f from FP32, %.4f agree%s",
                        score.build().equals(running) ? "before" : "after",
                        score.build().shortHex(),
                        score.recipe(),
                        score.windows(),
                        score.windows() == 0 ? Double.NaN : score.fidelity().sumAbsoluteDelta() / score.windows(),
                        (double) score.fidelity().agreed() / score.fidelity().compared(),
                        labelled(score)))
                .toList();
    }

    private static String labelled(CandidateScore score) {
        return score.labelled()
                .filter(labelled -> labelled.windows() > 0)
                .map(labelled ->
                        String.format(Locale.ROOT, ", %.4f of %d labelled right", labelled.right(), labelled.windows()))
                .orElse("");
    }

    private static String sites(RecalibrationView view) {
        return view.request().sites().stream().map(SiteId::value).collect(Collectors.joining(","));
    }
}
