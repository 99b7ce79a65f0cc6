package io.plumbline.rollout.state;

import io.plumbline.rollout.evidence.GatewayStanding;
import io.plumbline.rollout.judgement.Judge;
import io.plumbline.rollout.judgement.Judgement;
import io.plumbline.rollout.judgement.Situation;
import io.plumbline.rollout.policy.RolloutPlan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A wave is judged. Only a PASS tells more gateways. There is no deadline while the schedule keeps a PASS from doing so, and a fresh one when it
 * no longer does: what is in doubt for a moment would pause what is only waiting.
 *
 * @param deadline wall-clock time by which the candidate must be proven, where the schedule is open
 * @param waits until when the schedule keeps a PASS from telling more; empty if that was not so when it was last looked at
 * @param closed the same where nothing was proven yet
 */
public record Evaluating(
        RolloutPlan plan,
        Step step,
        Progress reached,
        Instant deadline,
        Optional<String> waits,
        Optional<String> closed)
        implements Running {

    Evaluating(RolloutPlan plan, Step step, Progress reached, Instant deadline) {
        this(plan, step, reached, deadline, Optional.empty(), Optional.empty());
    }

    @Override
    public RolloutState look(Situation situation) {
        var wait = situation.policy().schedule().waits(situation.now());
        var opens = wait.isEmpty() && (waits.isPresent() || closed.isPresent());
        var judgement = Judge.judge(reached.question(wait.isPresent() || opens ? Instant.MAX : deadline), situation);
        return switch (judgement.decision()) {
            case PASS -> passed(judgement, situation);
            case FAIL -> toRollingBack(judgement, situation.now());
            case INCONCLUSIVE, NO_DATA -> toPaused(judgement, situation.now());
            case CONTINUE ->
                opens
                        ? toOpen(judgement, situation)
                        : wait.map(until -> closed(until, judgement, situation.now()))
                                .orElse(this);
        };
    }

    /** What the evidence says about the gateways that have been told. */
    Judgement judge(Situation situation) {
        return Judge.judge(reached.question(deadline), situation);
    }

    private RolloutState passed(Judgement judgement, Situation situation) {
        if (!reached.isLast() && reached.needsApproval()) {
            return toPending(judgement, situation.now());
        }
        var wait = situation.policy().schedule().waits(situation.now());
        if (wait.isPresent()) {
            return wait.equals(waits) ? this : toWaiting(wait.get(), judgement, situation.now());
        }
        return reached.isLast() ? toCompleted(judgement, situation) : toOffering(judgement, situation);
    }

    private Evaluating closed(String wait, Judgement judgement, Instant now) {
        var known = Optional.of(wait);
        return known.equals(waits) || known.equals(closed) ? this : toClosed(wait, judgement, now);
    }

    /** Once for each wait: whoever follows the rollout knows why nothing happens. */
    Evaluating toWaiting(String wait, Judgement judgement, Instant now) {
        var because = "PASS on " + reached.words() + "; what follows waits " + wait + ": " + judgement.because();
        return new Evaluating(
                plan,
                step.then(because, judgement.evidence(), now),
                reached,
                deadline,
                Optional.of(wait),
                Optional.empty());
    }

    /** Once for each wait, too. */
    Evaluating toClosed(String wait, Judgement judgement, Instant now) {
        var because = reached.words() + " are judged without a deadline, since what follows waits " + wait
                + "; not proven yet: " + judgement.because();
        return new Evaluating(
                plan,
                step.then(because, judgement.evidence(), now),
                reached,
                deadline,
                Optional.empty(),
                Optional.of(wait));
    }

    Evaluating toOpen(Judgement judgement, Situation situation) {
        var because = "more may be told again, and " + reached.words() + " must be proven until " + situation.deadline()
                + ": " + judgement.because();
        return new Evaluating(
                plan, step.then(because, judgement.evidence(), situation.now()), reached, situation.deadline());
    }

    PendingApproval toPending(Judgement judgement, Instant now) {
        var because = "PASS on " + reached.words() + "; a person must approve the next: " + judgement.because();
        return new PendingApproval(plan, step.then(because, judgement.evidence(), now), Optional.of(this));
    }

    Offering toOffering(Judgement judgement, Situation situation) {
        var next = reached.next(situation);
        var because = "PASS on " + reached.words() + ", the next are told: " + judgement.because();
        return new Offering(
                plan, step.then(because, judgement.evidence(), situation.now()), next, situation.deadline());
    }

    Completed toCompleted(Judgement judgement, Situation situation) {
        var all = situation.evidence().gateways().stream()
                .map(GatewayStanding::gateway)
                .toList();
        return new Completed(
                plan,
                step.then("PASS on every wave: " + judgement.because(), judgement.evidence(), situation.now()),
                all);
    }

    @Override
    public Evaluating again(Step paused, String because, Situation situation) {
        return new Evaluating(plan, paused.then(because, List.of(), situation.now()), reached, situation.deadline());
    }

    @Override
    public String phase() {
        return "EVALUATING";
    }
}
