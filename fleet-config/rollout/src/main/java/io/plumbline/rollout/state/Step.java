package io.plumbline.rollout.state;

import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.wire.Require;
import java.time.Instant;
import java.util.List;

/**
 * How a state was entered.
 *
 * @param revision rises by one with every state of a rollout, from 1
 * @param because one sentence in plain words
 * @param evidence what the transition rests on
 * @param at wall-clock time
 */
public record Step(long revision, String because, List<Evidence> evidence, Instant at) {

    public Step {
        Require.that(revision >= 1, "revision " + revision + " must be at least 1");
        evidence = List.copyOf(evidence);
    }

    static Step first(String because, Instant at) {
        return new Step(1, because, List.of(), at);
    }

    Step then(String reason, List<Evidence> facts, Instant when) {
        return new Step(revision + 1, reason, facts, when);
    }
}
