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
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Has every build, but for those that are unfit. */
public final class FakeBuilds implements BuildStore {

    /** Reasons by build. */
    public final Map<Digest, String> unfit = new HashMap<>();

    /** Reasons by build. */
    public final Map<Digest, String> takenBack = new HashMap<>();

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
    public void fetch(ModelName model, Digest build) throws UnfitBuildException, UnavailableBuildException {
        requireNotTakenBack(build);
        if (away) {
            throw new UnavailableBuildException("the registry does not answer");
        }
    }

    private void requireNotTakenBack(Digest build) throws UnfitBuildException {
        var because = takenBack.get(build);
        if (because != null) {
            throw new UnfitBuildException(because);
        }
    }

    @Override
    public Optional<String> takenBack(ModelName model, Digest build) {
        return Optional.ofNullable(takenBack.get(build));
    }

    @Override
    public Build load(ModelName model, Digest build) throws UnfitBuildException {
        requireNotTakenBack(build);
        return loadForWantOfAnother(model, build);
    }

    @Override
    public Build loadForWantOfAnother(ModelName model, Digest build) throws UnfitBuildException {
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
