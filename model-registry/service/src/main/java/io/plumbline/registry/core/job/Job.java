package io.plumbline.registry.core.job;

import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.RecalibrationEvent.Requested;
import io.plumbline.registry.core.recalibration.Recalibration;
import java.time.Instant;

/**
 * A recalibration as it is remembered.
 *
 * @param told whether the outcome is known to be on the topic
 * @param createdAt when the registry took the request, wall clock
 * @param changedAt when it entered this state, wall clock
 */
public record Job(Recalibration state, boolean told, Instant createdAt, Instant changedAt) {

    /** A longer id is no name of anything, and would not fit its column. */
    static final int LONGEST_ID = 200;

    static Job of(Requested request, Instant now) {
        return new Job(new Recalibration.Waiting(request), false, now, now);
    }

    /** Over, and nobody else needs to be told. */
    Job answered() {
        return new Job(state, true, createdAt, changedAt);
    }

    Job entered(Recalibration next, Instant now) {
        return new Job(next, told, createdAt, now);
    }

    public Requested request() {
        return state.request();
    }

    public String id() {
        return state.request().id();
    }

    public ModelName model() {
        return state.request().model();
    }

    public JobStep step() {
        return JobStep.of(state);
    }

    public boolean isOver() {
        return state instanceof Recalibration.Ended;
    }

    static boolean isId(String id) {
        return !id.isEmpty() && id.length() <= LONGEST_ID && id.chars().noneMatch(Character::isISOControl);
    }

    /** Whether gateways that were asked have not answered. */
    boolean awaits() {
        return !state.awaited().isEmpty();
    }
}
