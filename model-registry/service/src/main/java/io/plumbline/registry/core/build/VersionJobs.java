package io.plumbline.registry.core.build;

import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.artifact.ModelSummary;
import io.plumbline.contract.artifact.ModelView;
import io.plumbline.contract.id.ModelName;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
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

    private static final System.Logger LOG = System.getLogger(VersionJobs.class.getName());

    private final Catalog catalog;
    private final Publisher publisher;
    private final Workbench.Tools tools;
    private final Duration searchBudget;
    private final Clock clock;
    private final Map<Version.Pushed, String> failures = new ConcurrentHashMap<>();

    /** @param searchBudget time for one search, after which nothing further is tried */
    public VersionJobs(
            Catalog catalog, Publisher publisher, Workbench.Tools tools, Duration searchBudget, Clock clock) {
        this.searchBudget = searchBudget;
        this.catalog = catalog;
        this.publisher = publisher;
        this.tools = tools;
        this.clock = clock;
    }

    /** Makes the builds that are missing; a failure of whatever kind is kept for {@link #view}. */
    public synchronized Optional<String> run(Version.Pushed pushed) {
        try {
            build(read(pushed));
            failures.remove(pushed);
            return Optional.empty();
        } catch (BuildException e) {
            return failed(pushed, String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) {
            return failed(pushed, broken("version " + pushed.manifest().digest().shortHex(), e));
        }
    }

    private Version read(Version.Pushed pushed) throws BuildException {
        var digest = pushed.manifest().digest();
        return tools.attempts()
                .at(
                        digest.value(),
                        "the layers of version " + digest.shortHex(),
                        () -> Version.read(pushed, catalog.repositories()));
    }

    /** It was pushed again: what ended the process may have been mended. */
    public void tryAgain(Version.Pushed pushed) {
        tools.attempts().forget(pushed.manifest().digest().value());
    }

    private Optional<String> failed(Version.Pushed pushed, String because) {
        failures.put(pushed, because);
        return Optional.of(because);
    }

    /** No disk, no memory, or a bug: a version that nobody works on must not look as if somebody did. */
    private static String broken(String what, Throwable thrown) {
        LOG.log(Level.ERROR, "build-failed it broke the registry reason=" + what, thrown);
        return what + ": the registry failed on it: " + thrown + "; mend that and push the version again";
    }

    /** One recipe that fails does not keep the others from being built. */
    private void build(Version version) throws BuildException {
        var model = version.card().model();
        var made = made(model, new Version.Pushed(MediaTypes.repository(model), version.manifest()));
        var missing = version.card().recipes().stream()
                .filter(word -> !made.contains(word))
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        var refused = new ArrayList<String>();
        var name = version.manifest().digest().value();
        try (var bench = Workbench.of(version.source(), tools, name)) {
            for (var word : missing) {
                try {
                    publisher.publish(version, build(bench, Order.of(word)));
                } catch (BuildException e) {
                    refused.add(e.getMessage());
                } catch (RuntimeException | Error e) {
                    refused.add(broken("recipe " + word, e));
                }
            }
        }
        if (!refused.isEmpty()) {
            throw new BuildException(String.join("; ", refused));
        }
    }

    private BuiltModel build(Workbench bench, Order order) throws BuildException {
        if (order instanceof Order.Fixed fixed) {
            return bench.make(fixed.recipe(), clock.instant());
        }
        return order instanceof Order.Import ? bench.importTrained(clock.instant()) : bench.search(searchBudget, clock);
    }

    /** The words of a card that there are builds for; what was recalibrated is another build. */
    private List<String> made(ModelName model, Version.Pushed pushed) {
        return catalog.builds(model, pushed).stream()
                .filter(build -> build.card().parent().isEmpty())
                .map(build -> build.search().isPresent()
                        ? Order.Search.WORD
                        : build.card().recipe())
                .toList();
    }

    /** Versions that still lack builds, of all models; also those of which that cannot be told, for {@link #run} to tell why. */
    public List<Version.Pushed> unfinished() {
        var open = new ArrayList<Version.Pushed>();
        for (var repository : catalog.repositories().repositories()) {
            model(repository)
                    .ifPresent(model -> catalog.versions(model).stream()
                            .map(manifest -> new Version.Pushed(repository, manifest))
                            .filter(pushed -> unfinished(model, pushed))
                            .forEach(open::add));
        }
        return open;
    }

    private boolean unfinished(ModelName model, Version.Pushed pushed) {
        try {
            return state(model, pushed).equals("BUILDING");
        } catch (RuntimeException e) {
            LOG.log(
                    Level.WARNING,
                    "version-unreadable model=" + model + " manifest="
                            + pushed.manifest().digest(),
                    e);
            return true;
        }
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
                var pushed = new Version.Pushed(MediaTypes.repository(model), manifest);
                versions.add(new ModelView.Version(
                        manifest.digest(),
                        digest.get(),
                        state(model, pushed),
                        failures.getOrDefault(pushed, ""),
                        catalog.builds(model, pushed),
                        catalog.tags(pushed.repository(), pushed.manifest().digest())));
            }
        }
        return new ModelView(model, versions, List.of());
    }

    /** Every model that a version was pushed of, by name. */
    public List<ModelSummary> models() {
        return catalog.repositories().repositories().stream()
                .flatMap(repository -> model(repository).stream())
                .map(this::view)
                .filter(view -> !view.versions().isEmpty())
                .map(VersionJobs::summary)
                .toList();
    }

    private static ModelSummary summary(ModelView view) {
        var newest = view.versions().get(view.versions().size() - 1);
        var builds = view.versions().stream()
                .flatMap(version -> version.builds().stream())
                .distinct()
                .count();
        return new ModelSummary(view.model(), view.versions().size(), (int) builds, newest.state(), newest.tags());
    }

    private String state(ModelName model, Version.Pushed pushed) {
        if (failures.containsKey(pushed)) {
            return "FAILED";
        }
        try {
            var recipes = Version.card(pushed, catalog.repositories()).recipes();
            var made = made(model, pushed);
            return made.containsAll(recipes) ? "READY" : "BUILDING";
        } catch (BuildException e) {
            failures.put(pushed, String.valueOf(e.getMessage()));
            return "FAILED";
        }
    }
}
