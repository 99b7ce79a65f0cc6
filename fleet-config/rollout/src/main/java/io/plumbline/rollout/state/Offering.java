package io.plumbline.rollout.state;

import io.plumbline.rollout.evidence.DeviceState;
import io.plumbline.rollout.evidence.DeviceTally;
import io.plumbline.rollout.judgement.Decision;
import io.plumbline.rollout.judgement.Judge;
import io.plumbline.rollout.judgement.Situation;
import io.plumbline.rollout.policy.RolloutPlan;
import java.time.Instant;
import java.util.List;

/**
 * A wave has been told, and its gateways fetch, verify, try and activate the candidate.
 *
 * @param deadline wall-clock time by which they must have; who has not is late, or silent
 */
public record Offering(RolloutPlan plan, Step step, Progress reached, Instant deadline) implements Running {

    @Override
    public RolloutState look(Situation situation) {
        var question = reached.question(deadline);
        var judgement = Judge.judge(question, situation);
        if (judgement.decision() == Decision.FAIL) {
            return toRollingBack(judgement, situation.now());
        }
        var tally = Judge.tally(question, situation);
        var late = !situation.now().isBefore(deadline);
        var waiting = tally.pending() > 0 || !tally.covered();
        if (waiting && !late) {
            return this;
        }
        if (!tally.covered()) {
            return toPaused(judgement, situation.now());
        }
        return situation.policy().waves().soak().isZero()
                ? toEvaluating(tally, situation)
                : toSoaking(tally, situation);
    }

    Soaking toSoaking(DeviceTally tally, Situation situation) {
        var soak = situation.policy().waves().soak();
        var because = told(tally) + ", and must run for " + soak + " before they are judged";
        return new Soaking(
                plan,
                step.then(because, tally.facts(), situation.now()),
                reached,
                situation.now().plus(soak));
    }

    Evaluating toEvaluating(DeviceTally tally, Situation situation) {
        return new Evaluating(
                plan, step.then(told(tally), tally.facts(), situation.now()), reached, situation.deadline());
    }

    private String told(DeviceTally tally) {
        return reached.words() + " told, " + tally.count(DeviceState.ACTIVE) + " run the candidate, " + tally.failed()
                + " failed, " + tally.count(DeviceState.SILENT) + " are silent, " + tally.pending()
                + " are late";
    }

    @Override
    public Offering again(Step paused, String because, Situation situation) {
        return new Offering(plan, paused.then(because, List.of(), situation.now()), reached, situation.deadline());
    }

    @Override
    public String phase() {
        return "OFFERING";
    }
}
