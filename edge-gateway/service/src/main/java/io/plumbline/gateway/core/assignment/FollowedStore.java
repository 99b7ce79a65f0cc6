package io.plumbline.gateway.core.assignment;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.BuildStep;
import io.plumbline.gateway.core.build.Build;
import io.plumbline.gateway.core.build.BuildStore;
import io.plumbline.gateway.core.build.UnavailableBuildException;
import io.plumbline.gateway.core.build.UnfitBuildException;
import java.util.Optional;
import java.util.Set;

/** A store of builds, noting how far each is. As thread-safe as the store. */
final class FollowedStore implements BuildStore {

    private final BuildStore store;
    private final Underway underway;

    FollowedStore(BuildStore store, Underway underway) {
        this.store = store;
        this.underway = underway;
    }

    @Override
    public void fetch(ModelName model, Digest build)
            throws UnfitBuildException, UnavailableBuildException, InterruptedException {
        underway.at(model, build, BuildStep.DOWNLOADING);
        try {
            store.fetch(model, build);
        } catch (UnfitBuildException e) {
            underway.end(build);
            throw e;
        }
        underway.at(build, BuildStep.STAGED);
    }

    @Override
    public Build load(ModelName model, Digest build)
            throws UnfitBuildException, UnavailableBuildException, InterruptedException {
        return noting(build, () -> store.load(model, build));
    }

    @Override
    public Build loadForWantOfAnother(ModelName model, Digest build)
            throws UnfitBuildException, UnavailableBuildException, InterruptedException {
        return noting(build, () -> store.loadForWantOfAnother(model, build));
    }

    private interface Loading {
        Build load() throws UnfitBuildException, UnavailableBuildException, InterruptedException;
    }

    private Build noting(Digest build, Loading loading)
            throws UnfitBuildException, UnavailableBuildException, InterruptedException {
        try {
            var loaded = loading.load();
            underway.at(build, BuildStep.SELF_TESTED);
            return loaded;
        } catch (UnfitBuildException e) {
            underway.end(build);
            throw e;
        }
    }

    @Override
    public Optional<String> takenBack(ModelName model, Digest build) {
        return store.takenBack(model, build);
    }

    @Override
    public void retain(Set<Digest> builds) {
        store.retain(builds);
        underway.retain(builds);
    }
}
