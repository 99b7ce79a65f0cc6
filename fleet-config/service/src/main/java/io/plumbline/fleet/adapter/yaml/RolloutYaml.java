package io.plumbline.fleet.adapter.yaml;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.fleet.core.spec.RolloutPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The {@code rollout} of the file. */
final class RolloutYaml {

    private static final List<String> SECTION =
            List.of("canary", "minCompared", "maxClippedShare", "minAgreement", "minClassAgreement", "deadline");

    private RolloutYaml() {}

    /** @param gateways of the file; empty if they cannot be told */
    static RolloutPolicy policy(YamlValue section, Set<GatewayId> gateways) {
        var rollout = section.mapping(SECTION);
        var canary = rollout.required("canary");
        var id = canary.as(GatewayId::new);
        if (!gateways.isEmpty() && !gateways.contains(id)) {
            throw canary.unknown(
                    "a gateway of this file",
                    id.value(),
                    gateways.stream().map(GatewayId::value).toList());
        }
        return new RolloutPolicy(
                id,
                rollout.optional("minCompared")
                        .map(v -> v.as(YamlScalars::count))
                        .orElse(200L),
                rollout.optional("maxClippedShare")
                        .map(v -> v.as(YamlScalars::ratio))
                        .orElse(0.1),
                rollout.optional("minAgreement")
                        .map(v -> v.as(YamlScalars::ratio))
                        .orElse(0.98),
                rollout.optional("minClassAgreement")
                        .map(v -> v.as(YamlScalars::ratio))
                        .orElse(0.75),
                rollout.optional("deadline")
                        .map(v -> v.as(YamlScalars::duration))
                        .orElse(Duration.ofMinutes(10)));
    }
}
