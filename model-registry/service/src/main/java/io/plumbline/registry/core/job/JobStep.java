package io.plumbline.registry.core.job;

import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.registry.core.recalibration.Recalibration;

/** The steps of a job by name. */
public enum JobStep {
    REQUESTED,
    JOINED,
    OBSERVING,
    BUILDING,
    SCORING,
    ACCEPTED,
    REFUSED;

    static JobStep of(Recalibration state) {
        if (state instanceof Recalibration.Observing) {
            return OBSERVING;
        }
        if (state instanceof Recalibration.Building) {
            return BUILDING;
        }
        if (state instanceof Recalibration.Scoring) {
            return SCORING;
        }
        if (state instanceof Recalibration.Ended ended) {
            return ended.outcome() instanceof RecalibrationEvent.Accepted ? ACCEPTED : REFUSED;
        }
        return state instanceof Recalibration.Joined ? JOINED : REQUESTED;
    }
}
