package io.plumbline.gateway.core.stream;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import java.util.Optional;

/** The builds that this gateway has on its own disk. */
public interface KnownBuilds {

    /** Empty if the build is not there any more. */
    Optional<KnownBuild> find(ModelName model, Digest build);
}
