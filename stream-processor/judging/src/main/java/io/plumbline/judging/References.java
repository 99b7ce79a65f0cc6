package io.plumbline.judging;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.drift.Reference;
import java.util.Optional;

/** What the packages of builds say about their model. */
public interface References {

    /**
     * The reference of a build, as far as it is known now; the first question about a build may wait for it, for a few seconds. What is
     * not known may be known at a later call.
     *
     * @param build digest of the build's manifest
     */
    Optional<Reference> of(ModelName model, Digest build);
}
