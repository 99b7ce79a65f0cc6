package io.plumbline.fleet.core.control;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;

/**
 * The builds of a model outside of rollouts.
 *
 * @param declared what the fleet file says; a change of it starts a rollout
 * @param settled what runs: the declared build at first, later the candidate of the last completed rollout
 */
public record ModelBuilds(ModelName model, Digest declared, Digest settled) {

    ModelBuilds declaring(Digest build) {
        return new ModelBuilds(model, build, settled);
    }

    ModelBuilds settling(Digest build) {
        return new ModelBuilds(model, declared, build);
    }
}
