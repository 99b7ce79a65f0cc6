package io.plumbline.rollout.evidence;

import io.plumbline.contract.message.ClassAgreement;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.message.TensorClipping;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Everything known about a rollout at one moment.
 *
 * @param gateways every gateway of the fleet that runs the model, in the order of the fleet file
 * @param candidate newest health of the candidate, one per site
 * @param baseline newest health of the baseline, one per site
 */
public record RolloutEvidence(List<GatewayStanding> gateways, List<ModelHealth> candidate, List<ModelHealth> baseline) {

    public RolloutEvidence {
        gateways = List.copyOf(gateways);
        candidate = List.copyOf(candidate);
        baseline = List.copyOf(baseline);
    }

    /**
     * How many rules the sites are held against, all together: for every site of the fleet agreement, twice each label that any build has
     * answered there or elsewhere, and each tensor. It does not depend on how far the rollout is.
     */
    public int rules() {
        var sites = gateways.stream().map(GatewayStanding::site).distinct().count();
        var labels = known(fidelity -> fidelity.classes().stream().map(ClassAgreement::label));
        var tensors = known(fidelity -> fidelity.clipping().stream().map(TensorClipping::tensor));
        return (int) (Math.max(1, sites) * (1 + 2 * labels + tensors));
    }

    private long known(Function<Fidelity, Stream<String>> names) {
        return Stream.concat(baseline.stream(), candidate.stream())
                .map(health -> health.total().orElse(health.fidelity()))
                .flatMap(names)
                .distinct()
                .count();
    }
}
