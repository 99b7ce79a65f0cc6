package io.plumbline.gateway.core.build;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import java.util.Optional;
import java.util.Set;

/** Builds with a copy of each on this disk, which holds only so many. Thread-safe. */
public interface BuildStore extends BuildSource {

    /**
     * Fetches what is not on this disk yet; nothing is loaded.
     *
     * @throws UnfitBuildException as {@link #load}
     * @throws UnavailableBuildException as {@link #load}
     */
    void fetch(ModelName model, Digest build)
            throws UnfitBuildException, UnavailableBuildException, InterruptedException;

    /**
     * Why the trust root takes this build back, as far as that is known without the registry; empty if it does not. {@link #fetch} and
     * {@link #load} refuse it then.
     */
    Optional<String> takenBack(ModelName model, Digest build);

    /** As {@link #load}, though the trust root takes this build back: for a stream that would else have nothing to answer with. */
    Build loadForWantOfAnother(ModelName model, Digest build)
            throws UnfitBuildException, UnavailableBuildException, InterruptedException;

    /** These must stay on this disk; of the others, the ones unused for longest make room when it is needed. */
    void retain(Set<Digest> builds);
}
