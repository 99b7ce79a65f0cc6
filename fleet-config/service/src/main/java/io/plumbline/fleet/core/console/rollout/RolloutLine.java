package io.plumbline.fleet.core.console.rollout;

import io.plumbline.contract.message.RolloutEvent;

/**
 * A rollout among others.
 *
 * @param event its newest
 * @param where how far it is, in words; empty before the first wave and when nobody knows
 * @param active whether it is not over
 */
public record RolloutLine(RolloutEvent event, String where, boolean active) {

    static RolloutLine of(RolloutEvent event, boolean active) {
        var told = event.updated().size() + (event.updated().size() == 1 ? " gateway" : " gateways");
        var where = event.progress()
                .filter(progress -> progress.wave() > 0)
                .map(progress -> "wave " + progress.wave() + " of " + progress.waves() + ", " + told)
                .orElse(event.updated().isEmpty() ? "" : told);
        return new RolloutLine(event, where, active);
    }
}
