package io.plumbline.rollout.policy;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.wire.Require;

/**
 * What a rollout is to do; never changes.
 *
 * @param id deterministic where a message asked for it, so that the same request twice is one rollout
 * @param baseline what runs when it starts, and again if it fails
 * @param candidate what is to run
 */
public record RolloutPlan(String id, ModelName model, Digest baseline, Digest candidate) {

    public RolloutPlan {
        Require.notEmpty("id", id);
        Require.that(!baseline.equals(candidate), "candidate " + candidate + " must differ from the baseline");
    }
}
