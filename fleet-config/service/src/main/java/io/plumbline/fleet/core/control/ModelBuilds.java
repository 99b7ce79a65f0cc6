package io.plumbline.fleet.core.control;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The builds of a model outside of rollouts.
 *
 * @param declared what the fleet file says; a change of it starts a rollout
 * @param settled what runs: the declared build at first, later the candidate of the last completed rollout
 * @param kept what runs instead on gateways whose rollout was ended so that they keep it; the next rollout ends that
 */
public record ModelBuilds(ModelName model, Digest declared, Digest settled, Map<GatewayId, Digest> kept) {

    public ModelBuilds {
        kept = Map.copyOf(kept);
    }

    static ModelBuilds of(ModelName model, Digest build) {
        return new ModelBuilds(model, build, build, Map.of());
    }

    /** What is to run on a gateway. */
    public Digest on(GatewayId gateway) {
        return kept.getOrDefault(gateway, settled);
    }

    ModelBuilds declaring(Digest build) {
        return new ModelBuilds(model, build, settled, kept);
    }

    ModelBuilds settling(Digest build) {
        return new ModelBuilds(model, declared, build, Map.of());
    }

    /** These gateways stay with this build; none other does. */
    ModelBuilds keeping(Collection<GatewayId> gateways, Digest build) {
        var all = gateways.stream().distinct().collect(Collectors.toMap(Function.identity(), gateway -> build));
        return new ModelBuilds(model, declared, settled, all);
    }
}
