package io.plumbline.benchmarks.recalibration;

import io.plumbline.contract.artifact.RecalibrationView;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.CandidateScore;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One that was accepted, on the gateways' holdout.
 *
 * @param because the gate's sentence
 * @param candidate that it let through
 * @param before the build that ran
 * @param after the candidate on the same windows
 */
public record Recalibration(String because, Digest candidate, CandidateScore before, CandidateScore after) {

    /** Asks for it by the command line, and waits for its end. */
    static Recalibration of(Estate estate, ModelName model) throws Exception {
        var said = estate.command(
                "recalibrate",
                model.value(),
                "--wait",
                "--json",
                "--registry",
                estate.registry().toString());
        if (said.exit() != 0) {
            throw new IllegalStateException("the recalibration ended with " + said);
        }
        var view = Json.decode(said.out().getBytes(StandardCharsets.UTF_8), RecalibrationView.class);
        var accepted = (RecalibrationEvent.Accepted) view.outcome().orElseThrow();
        return new Recalibration(
                accepted.because(),
                accepted.candidate(),
                score(accepted.scores(), view.request().build()),
                score(accepted.scores(), accepted.candidate()));
    }

    private static CandidateScore score(List<CandidateScore> scores, Digest build) {
        return scores.stream()
                .filter(score -> score.build().equals(build))
                .findFirst()
                .orElseThrow();
    }

    /** Share of answers, or of boxes that either model found, that INT8 and FP32 have in common. */
    public static double agreement(CandidateScore score) {
        return (double) score.fidelity().agreed() / score.fidelity().compared();
    }

    /** Mean distance of INT8 to FP32, a window or frame. */
    public static double distance(CandidateScore score) {
        return score.fidelity().sumAbsoluteDelta() / score.windows();
    }
}
