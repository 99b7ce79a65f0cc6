package io.plumbline.gateway.core.build;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;

/** Where builds come from. Thread-safe. */
public interface BuildSource {

    /**
     * Fetches what is not on this disk yet, verifies digests and signature and that the build was not taken back, loads, runs the
     * self-test and warms up. The caller closes the model.
     *
     * @throws UnfitBuildException if any of this fails, with the reason
     * @throws UnavailableBuildException if there is nothing to be said of the build, with the reason
     */
    Build load(ModelName model, Digest build)
            throws UnfitBuildException, UnavailableBuildException, InterruptedException;
}
