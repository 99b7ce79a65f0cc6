package io.plumbline.rollout.state;

import io.plumbline.rollout.judgement.Decision;
import io.plumbline.rollout.judgement.Judge;
import io.plumbline.rollout.judgement.Situation;
import io.plumbline.rollout.policy.RolloutPlan;
import java.time.Instant;
import java.util.List;

/**
 * A wave runs the candidate; a loss stops it, and nothing else is asked yet.
 *
 * @param until wall-clock time from which it is judged
 */
public record Soaking(RolloutPlan plan, Step step, Progress reached, Instant until) implements Running {

    @Override
    public RolloutState look(Situation situation) {
        var judgement = Judge.judge(reached.question(Instant.MAX), situation);
        if (judgement.decision() == Decision.FAIL) {
            return toRollingBack(judgement, situation.now());
        }
        return situation.now().isBefore(until) ? this : toEvaluating(situation);
    }

    Evaluating toEvaluating(Situation situation) {
        var because = reached.words() + " have run for their time and are judged";
        return new Evaluating(plan, step.then(because, List.of(), situation.now()), reached, situation.deadline());
    }

    @Override
    public Soaking again(Step paused, String because, Situation situation) {
        return new Soaking(plan, paused.then(because, List.of(), situation.now()), reached, until);
    }

    @Override
    public String phase() {
        return "SOAKING";
    }
}
