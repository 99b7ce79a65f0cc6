package io.plumbline.contract.message;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;

/** Whose health: one build of one model on one site. */
public record Cohort(ModelName model, Digest version, Digest build, SiteId site) {

    /** The key of the health and verdict topics. */
    public String key() {
        return model + "|" + build + "|" + site;
    }
}
