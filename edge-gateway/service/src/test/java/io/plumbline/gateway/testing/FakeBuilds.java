package io.plumbline.gateway.testing;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.gateway.core.build.Build;
import io.plumbline.gateway.core.build.BuildStore;
import io.plumbline.gateway.core.build.UnavailableBuildException;
import io.plumbline.gateway.core.build.UnfitBuildException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Has every build, but for those that are unfit. */
public final class FakeBuilds implements BuildStore {

    /** Reasons by build. */
    public final Map<Digest, String> unfit = new HashMap<>();

    public boolean away;

    public Set<Digest> retained = Set.of();
    public Runnable beforeLoad = () -> {};
    public int loads;
    private @Nullable Build last;

    /** What was loaded last. */
    public Build last() {
        return Objects.requireNonNull(last);
    }

    @Override
    public void fetch(ModelName model, Digest build) throws UnavailableBuildException {
        if (away) {
            throw new UnavailableBuildException("the registry does not answer");
        }
    }

    @Override
    public Build load(ModelName model, Digest build) throws UnfitBuildException {
        loads++;
        beforeLoad.run();
        var because = unfit.get(build);
        if (because != null) {
            throw new UnfitBuildException(because);
        }
        last = FakeModel.build(build);
        return last;
    }

    @Override
    public void retain(Set<Digest> builds) {
        retained = builds;
    }
}
