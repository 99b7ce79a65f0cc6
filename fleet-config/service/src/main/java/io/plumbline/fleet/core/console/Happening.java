package io.plumbline.fleet.core.console;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.message.CandidateScore;
import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.contract.message.VerdictEvent;
import io.plumbline.fleet.core.view.Heard;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A step of the loop: a verdict, a recalibration or a rollout.
 *
 * @param key the same for the same one, whatever has become of it
 * @param at wall clock
 * @param readings the time of the readings that it rests on, which in a replay is not the wall clock; empty of a rollout
 * @param kind verdict, recalibration or rollout
 * @param state how it stands
 * @param subject of what
 * @param builds from the one to the other, as far as there are two
 */
public record Happening(
        String key,
        Instant at,
        Optional<Instant> readings,
        String kind,
        String state,
        Tone tone,
        String subject,
        List<Digest> builds,
        String because,
        List<Evidence> evidence,
        List<CandidateScore> scores) {

    public Happening {
        builds = List.copyOf(builds);
        evidence = List.copyOf(evidence);
        scores = List.copyOf(scores);
    }

    static Happening verdict(Heard<VerdictEvent> heard) {
        var event = heard.event();
        return new Happening(
                "verdict-" + event.id(),
                heard.at(),
                Optional.of(event.at()),
                "verdict",
                Wording.name(event.verdict()),
                Wording.tone(event.verdict()),
                event.cohort().model() + " at " + event.cohort().site(),
                List.of(event.cohort().build()),
                event.because(),
                event.evidence(),
                List.of());
    }

    static Happening rollout(RolloutEvent event) {
        return new Happening(
                "rollout-" + event.rollout(),
                event.at(),
                Optional.empty(),
                "rollout",
                Wording.name(event.stage()),
                Wording.tone(event.stage()),
                event.model().value(),
                List.of(event.baseline(), event.candidate()),
                event.because(),
                event.evidence(),
                List.of());
    }

    public static Happening recalibration(Heard<RecalibrationEvent> heard) {
        var event = heard.event();
        if (event instanceof RecalibrationEvent.Accepted accepted) {
            var builds = List.of(accepted.build(), accepted.candidate());
            return recalibration(heard, "accepted", Tone.GOOD, builds, accepted.because(), accepted.scores());
        }
        var build = List.of(event.build());
        if (event instanceof RecalibrationEvent.Refused refused) {
            return recalibration(heard, "refused", Tone.WARN, build, refused.because(), refused.scores());
        }
        var because = event instanceof RecalibrationEvent.Requested requested ? requested.because() : "under way";
        return recalibration(heard, "under way", Tone.NEWS, build, because, List.of());
    }

    private static Happening recalibration(
            Heard<RecalibrationEvent> heard,
            String state,
            Tone tone,
            List<Digest> builds,
            String because,
            List<CandidateScore> scores) {
        return new Happening(
                "recalibration-" + heard.event().id(),
                heard.at(),
                Optional.empty(),
                "recalibration",
                state,
                tone,
                heard.event().model().value(),
                builds,
                because,
                List.of(),
                scores);
    }

    /** Every class that a score knows, for the columns of a table. */
    public List<String> classes() {
        return scores.stream()
                .flatMap(score -> score.fidelity().classes().stream())
                .map(one -> one.label())
                .distinct()
                .toList();
    }
}
