package io.plumbline.contract.declared;

import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import java.util.List;
import java.util.Optional;

/**
 * What a rollout will have to compare its candidate with: {@code GET /api/v1/rollouts/preview}.
 *
 * @param gateways that run the model
 * @param keeping how many of them keep the running build until the rollout is through
 * @param without sites that end without a gateway to compare with, as far as that is known yet; all of them where nobody keeps it
 * @param words how many keep it, and where nobody does, for people
 * @param instead what such sites are held against, and what helps; empty where there are none
 */
public record RolloutOutlook(
        ModelName model, int gateways, int keeping, List<SiteId> without, String words, Optional<String> instead) {

    public RolloutOutlook {
        without = List.copyOf(without);
    }
}
