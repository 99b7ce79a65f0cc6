package io.plumbline.fleet.core.control;

import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.rollout.policy.RolloutPlan;
import io.plumbline.rollout.state.Completed;
import io.plumbline.rollout.state.Paused;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Accepted candidates that have no rollout yet. A rollout under way is not ended by a newer candidate: that one waits for its
 * end. It takes over only from one that its own evidence left in doubt. What waited in vain is entered as a rollout that was aborted, so that it
 * is known. Hearing is thread-safe; answering is for one thread.
 */
final class Recalibrations {

    private final FleetStore store;
    private final Map<ModelName, RecalibrationEvent.Accepted> newest = new ConcurrentHashMap<>();
    private final Queue<RecalibrationEvent.Accepted> replaced = new ConcurrentLinkedQueue<>();
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();
    private final Set<String> answered = new HashSet<>();

    Recalibrations(FleetStore store) {
        this.store = store;
    }

    /**
     * What is to be written about a candidate.
     *
     * @param starts whether its rollout starts; otherwise it is entered as one that cannot be
     */
    record Answer(RecalibrationEvent.Accepted to, RolloutPlan plan, String because, boolean starts) {

        Draft onto(Draft draft) {
            return starts ? draft.start(plan, because) : draft.refuse(plan, because);
        }
    }

    void heard(RecalibrationEvent.Accepted recalibration) {
        var older = newest.put(recalibration.model(), recalibration);
        if (older != null && !older.id().equals(recalibration.id()) && waiting.contains(older.id())) {
            replaced.add(older);
        }
    }

    /** The answers that are due. Each is repeated until it is {@link #answered}. */
    List<Answer> answers(ControlState state) {
        var all = new ArrayList<Answer>();
        replaced.removeIf(older -> plan(older, state).isEmpty());
        replaced.forEach(older -> refusal(older, state, all, "a newer candidate was accepted while it waited"));
        newest.values().forEach(recalibration -> answer(recalibration, state, all));
        return all;
    }

    /** It is in the store. */
    void answered(Answer answer) {
        answered.add(answer.to().id());
        waiting.remove(answer.to().id());
        replaced.remove(answer.to());
    }

    private void refusal(
            RecalibrationEvent.Accepted recalibration, ControlState state, List<Answer> all, String because) {
        var plan = plan(recalibration, state);
        if (plan.isPresent()) {
            all.add(new Answer(recalibration, plan.get(), because, false));
        }
    }

    private void answer(RecalibrationEvent.Accepted recalibration, ControlState state, List<Answer> all) {
        var running = state.version()
                .map(version -> version.spec().streamsOf(recalibration.model()))
                .orElse(List.of());
        if (running.isEmpty() || answered.contains(recalibration.id())) {
            return;
        }
        var plan = plan(recalibration, state);
        var active = state.active(recalibration.model());
        if (plan.isEmpty() || isBeingAnswered(recalibration, state)) {
            answered.add(recalibration.id());
        } else if (active.isPresent() && !(active.get() instanceof Paused paused && !paused.byPerson())) {
            waiting.add(recalibration.id());
        } else if (outdated(recalibration, state)) {
            refusal(
                    recalibration,
                    state,
                    all,
                    "it was proven against " + recalibration.build() + ", and "
                            + plan.get().baseline() + " runs now");
        } else {
            all.add(new Answer(recalibration, plan.get(), "recalibrated: " + recalibration.because(), true));
        }
    }

    /**
     * Two requests for one build are answered with one candidate: with a rollout of it that was under way when this one was accepted,
     * however that ended. One that is accepted later is a new try.
     */
    private static boolean isBeingAnswered(RecalibrationEvent.Accepted recalibration, ControlState state) {
        return state.rollouts().values().stream()
                .filter(rollout -> rollout.plan().model().equals(recalibration.model()))
                .filter(rollout -> rollout.plan().candidate().equals(recalibration.candidate()))
                .anyMatch(rollout ->
                        rollout.active().isPresent() || rollout.step().at().isAfter(recalibration.at()));
    }

    /** Whether a rollout has replaced the build that the candidate was proven against. */
    private static boolean outdated(RecalibrationEvent.Accepted recalibration, ControlState state) {
        var settled = state.builds(recalibration.model()).map(ModelBuilds::settled);
        return !settled.equals(Optional.of(recalibration.build()))
                && state.rollouts().values().stream()
                        .anyMatch(rollout -> rollout instanceof Completed
                                && rollout.plan().model().equals(recalibration.model())
                                && rollout.plan().baseline().equals(recalibration.build()));
    }

    /** Empty if the candidate runs already, or has or had a rollout. */
    private Optional<RolloutPlan> plan(RecalibrationEvent.Accepted recalibration, ControlState state) {
        var id = RolloutEvent.rolloutOf(recalibration.id());
        return state.builds(recalibration.model())
                .filter(builds -> !builds.settled().equals(recalibration.candidate()))
                .filter(builds -> !state.rollouts().containsKey(id) && !store.knowsRollout(id))
                .map(builds -> new RolloutPlan(id, recalibration.model(), builds.settled(), recalibration.candidate()));
    }
}
