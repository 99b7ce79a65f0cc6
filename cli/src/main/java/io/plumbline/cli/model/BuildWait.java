package io.plumbline.cli.model;

import io.plumbline.cli.client.RegistryClient;
import io.plumbline.client.ClientException;
import io.plumbline.contract.artifact.ModelView;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import java.time.Duration;
import java.util.Optional;

/** Waits for the builds of a version. A registry that fails for a moment, as when it starts again, is asked again. */
final class BuildWait {

    private static final long LOOK_MILLIS = 1_000;
    private static final int MOST_FAILURES = 10;

    private final RegistryClient registry;
    private final Optional<Duration> limit;
    private int failures;

    /** @param limit empty for as long as it takes */
    BuildWait(RegistryClient registry, Optional<Duration> limit) {
        this.registry = registry;
        this.limit = limit;
    }

    /** @throws ClientException if it cannot be built, is gone, takes too long, or the registry fails again and again */
    ModelView.Version built(ModelName model, Digest manifest) throws ClientException, InterruptedException {
        var begun = System.nanoTime();
        for (; ; ) {
            var view = look(model);
            var built = view.isPresent() ? built(view.get(), manifest) : Optional.<ModelView.Version>empty();
            if (built.isPresent()) {
                return built.get();
            }
            if (limit.isPresent() && System.nanoTime() - begun > limit.get().toNanos()) {
                throw new ClientException("version " + manifest + " is not built after "
                        + limit.get().toSeconds() + " s; the registry goes on: plumbline model show " + model);
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private Optional<ModelView> look(ModelName model) throws ClientException {
        try {
            var view = registry.view(model);
            failures = 0;
            return Optional.of(view);
        } catch (ClientException e) {
            failures++;
            if (failures == MOST_FAILURES) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static Optional<ModelView.Version> built(ModelView view, Digest manifest) throws ClientException {
        var version = view.versions().stream()
                .filter(one -> one.manifest().equals(manifest))
                .findFirst()
                .orElseThrow(() -> new ClientException("the registry has no version " + manifest + " any more"));
        if (version.state().equals("FAILED")) {
            throw new ClientException(
                    "version " + manifest + " is in the registry, which could not build it: " + version.because());
        }
        return version.state().equals("READY") ? Optional.of(version) : Optional.empty();
    }
}
