package io.plumbline.rollout.log;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.contract.wire.Json;
import io.plumbline.rollout.evidence.DeviceState;
import io.plumbline.rollout.judgement.Judge;
import io.plumbline.rollout.judgement.Question;
import io.plumbline.rollout.judgement.Situation;
import io.plumbline.rollout.policy.RolloutPolicy;
import io.plumbline.rollout.state.Active;
import io.plumbline.rollout.state.Progress;
import io.plumbline.rollout.state.RolloutState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A decision with everything that it was made from. Immutable; its JSON form is the log.
 *
 * @param rules name of the rules that decided
 * @param before the state before; empty for a new rollout
 * @param situation evidence, policy and time; evidence only where it was looked at
 * @param after what was decided
 */
public record Decided(
        String rules, Optional<RolloutState> before, Cause cause, Situation situation, RolloutState after) {

    /** The rules of this code. A change of what is decided from the same inputs changes the name. */
    public static final String RULES = "rollout/4";

    /** A new rollout. */
    public static Decided first(Cause cause, RolloutPolicy policy, Instant now) {
        var situation = Situation.without(policy, now);
        return decide(Optional.empty(), cause, situation)
                .orElseThrow(() -> new IllegalStateException("a rollout that does not begin is a bug"));
    }

    /** What follows from the state and the cause; empty if nothing does. */
    public static Optional<Decided> decide(Optional<RolloutState> before, Cause cause, Situation situation) {
        return next(before, cause, situation)
                .filter(after -> !before.equals(Optional.of(after)))
                .map(after -> new Decided(RULES, before, cause, situation, after));
    }

    private static Optional<RolloutState> next(Optional<RolloutState> before, Cause cause, Situation situation) {
        if (before.isEmpty()) {
            return begun(cause, situation.now());
        }
        var active = before.flatMap(RolloutState::active);
        if (cause instanceof Cause.Asked asked) {
            return active.flatMap(state -> wish(state, asked, situation));
        }
        return cause instanceof Cause.Looked ? active.map(state -> state.look(situation)) : Optional.empty();
    }

    /** Only what is not there yet begins: a rollout that is over stays so. */
    private static Optional<RolloutState> begun(Cause cause, Instant now) {
        if (cause instanceof Cause.Accepted accepted) {
            return Optional.of(RolloutState.accepted(accepted.plan(), accepted.because(), now));
        }
        if (cause instanceof Cause.Refused refused) {
            return Optional.of(RolloutState.refused(refused.plan(), refused.because(), now));
        }
        return Optional.empty();
    }

    private static Optional<RolloutState> wish(Active state, Cause.Asked asked, Situation situation) {
        var because = asked.because();
        return switch (asked.wish()) {
            case PAUSE -> state.pause(because, situation.now()).map(RolloutState.class::cast);
            case RESUME -> state.resume(because, situation).map(RolloutState.class::cast);
            case APPROVE -> state.approve(because, situation).map(RolloutState.class::cast);
            case ABORT -> Optional.of(state.abort(because, situation.now()));
            case ABORT_KEEP -> Optional.of(state.abortAndKeep(because, situation.now()));
        };
    }

    /** The log's line of this decision. */
    public byte[] encoded() {
        return Json.encode(this);
    }

    /**
     * What is announced about it.
     *
     * @param inputs digest of {@link #encoded}
     */
    public RolloutEvent event(Digest inputs) {
        var progress = after.progress();
        return after.event()
                .with(new RolloutEvent.Progress(
                        after.phase(),
                        progress.map(reached -> reached.wave() + 1).orElse(0),
                        progress.map(reached -> reached.waves().targets().size())
                                .orElse(0),
                        progress.map(this::devices).orElse(Map.of()),
                        situation.policy().thresholds(),
                        rules,
                        inputs));
    }

    private Map<String, Long> devices(Progress reached) {
        var counts = new TreeMap<String, Long>();
        if (!situation.evidence().gateways().isEmpty()) {
            var tally = Judge.tally(new Question(reached.told(), reached.toldAt(), List.of(), Instant.MAX), situation);
            for (var state : DeviceState.values()) {
                counts.put(state.name(), (long) tally.count(state));
            }
        }
        return counts;
    }
}
