package io.plumbline.fleet.core.console.recalibration;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.message.CandidateScore;
import io.plumbline.contract.message.RecalibrationEvent.Progressed;
import io.plumbline.fleet.core.console.Tone;
import io.plumbline.fleet.core.recalibration.RecalibrationTrail;
import java.util.List;
import java.util.Optional;

/**
 * One recalibration.
 *
 * @param state how it stands, in a word or two
 * @param because why it was asked for, or why it ended so
 * @param stages where it is on its way
 * @param sent what gateways sent for it, oldest first
 * @param lines everything else that happened, oldest first
 * @param scores of the running build first, then of what was tried
 * @param candidate the new build; empty unless it was accepted
 * @param rollout that brings the candidate to gateways; empty if there is none
 * @param givers streams of the model whose gateways may give readings, by the fleet file in force
 */
public record RecalibrationSheet(
        RecalibrationTrail trail,
        String state,
        Tone tone,
        String because,
        List<Stage> stages,
        List<Progressed> sent,
        List<Progressed> lines,
        List<CandidateScore> scores,
        Optional<Digest> candidate,
        Optional<String> rollout,
        List<String> givers) {

    public RecalibrationSheet {
        stages = List.copyOf(stages);
        sent = List.copyOf(sent);
        lines = List.copyOf(lines);
        scores = List.copyOf(scores);
        givers = List.copyOf(givers);
    }

    /**
     * A part of the way.
     *
     * @param state done, now, bad, or nothing for what is to come
     */
    public record Stage(String name, String state) {}

    /** Every class that a score knows, for the columns of a table. */
    public List<String> classes() {
        return scores.stream()
                .flatMap(score -> score.fidelity().classes().stream())
                .map(one -> one.label())
                .distinct()
                .toList();
    }

    /** What a score is of: the running build, the accepted one, or one that was tried. */
    public String role(CandidateScore score) {
        if (score.build().equals(trail.build())) {
            return "before";
        }
        return candidate.filter(score.build()::equals).isPresent() ? "after" : "tried";
    }
}
