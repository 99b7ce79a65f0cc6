package io.plumbline.registry.core.build;

import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.artifact.ModelView;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.registry.core.oci.Manifest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Builds every recipe of a pushed version. The repositories are the memory: a version without all its builds is built when
 * it is met again, so nothing is lost by a restart. Thread-safe.
 */
public final class VersionJobs {

    private final Catalog catalog;
    private final Publisher publisher;
    private final Clock clock;
    private final Map<Digest, String> failures = new ConcurrentHashMap<>();

    public VersionJobs(Catalog catalog, Publisher publisher, Clock clock) {
        this.catalog = catalog;
        this.publisher = publisher;
        this.clock = clock;
    }

    /** Makes the builds that are missing; a failure is kept for {@link #view}. */
    public synchronized Optional<String> run(Manifest manifest) {
        try {
            var version = Version.read(manifest, catalog.repositories());
            build(version);
            failures.remove(manifest.digest());
            return Optional.empty();
        } catch (BuildException e) {
            var because = String.valueOf(e.getMessage());
            failures.put(manifest.digest(), because);
            return Optional.of(because);
        }
    }

    private void build(Version version) throws BuildException {
        var made = catalog.builds(version.card().model(), version.digest()).stream()
                .map(build -> build.card().recipe())
                .toList();
        var missing = new ArrayList<Recipe>();
        for (var word : version.card().recipes()) {
            if (!made.contains(word)) {
                missing.add(Recipe.of(word));
            }
        }
        if (missing.isEmpty()) {
            return;
        }
        var bench = Workbench.of(version);
        var calibration = missing.stream().anyMatch(Recipe::isStatic)
                ? Optional.of(bench.ownCalibration())
                : Optional.<Calibration>empty();
        for (var recipe : missing) {
            var built = bench.build(recipe, recipe.isStatic() ? calibration : Optional.empty(), clock.instant());
            publisher.publish(version, built);
        }
    }

    /** Versions that still lack builds, of all models. */
    public List<Manifest> unfinished() {
        var open = new ArrayList<Manifest>();
        for (var repository : catalog.repositories().repositories()) {
            model(repository)
                    .ifPresent(model -> catalog.versions(model).stream()
                            .filter(manifest -> state(model, manifest).equals("BUILDING"))
                            .forEach(open::add));
        }
        return open;
    }

    /** The model whose repository this is. */
    public static Optional<ModelName> model(String repository) {
        var prefix = MediaTypes.repository(new ModelName("x")).replace("x", "");
        return repository.startsWith(prefix)
                ? ModelName.parse(repository.substring(prefix.length()))
                : Optional.empty();
    }

    public ModelView view(ModelName model) {
        var versions = new ArrayList<ModelView.Version>();
        for (var manifest : catalog.versions(model)) {
            var digest = manifest.layer(MediaTypes.ONNX);
            if (digest.isPresent()) {
                versions.add(new ModelView.Version(
                        manifest.digest(),
                        digest.get(),
                        state(model, manifest),
                        failures.getOrDefault(manifest.digest(), ""),
                        catalog.builds(model, digest.get())));
            }
        }
        return new ModelView(model, versions);
    }

    private String state(ModelName model, Manifest manifest) {
        if (failures.containsKey(manifest.digest())) {
            return "FAILED";
        }
        try {
            var version = Version.read(manifest, catalog.repositories());
            var made = catalog.builds(model, version.digest()).stream()
                    .map(build -> build.card().recipe())
                    .toList();
            return made.containsAll(version.card().recipes()) ? "READY" : "BUILDING";
        } catch (BuildException e) {
            failures.put(manifest.digest(), String.valueOf(e.getMessage()));
            return "FAILED";
        }
    }
}
