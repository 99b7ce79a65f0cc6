package io.plumbline.registry.core.recalibration;

import io.plumbline.contract.artifact.BuildCard;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.artifact.ModelView;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.RecalibrationEvent.Requested;
import io.plumbline.quantizer.auto.Recipe;
import io.plumbline.registry.core.build.BuildException;
import io.plumbline.registry.core.build.Catalog;
import io.plumbline.registry.core.build.Publisher;
import io.plumbline.registry.core.build.Version;
import io.plumbline.registry.core.build.Workbench;
import io.plumbline.registry.core.calibration.Calibration;
import io.plumbline.registry.core.carriage.Carrier;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes the candidates of a recalibration from the FP32 version and merged histograms. */
public final class Candidates implements CandidateBuilder {

    private static final System.Logger LOG = System.getLogger(Candidates.class.getName());

    private final Catalog catalog;
    private final Publisher publisher;
    private final Workbench.Tools tools;
    private final Delivery delivery;
    private final List<Recipe> recipes;

    /**
     * How candidates come to where gateways pull from.
     *
     * @param patience after which a recalibration ends without them
     */
    public record Delivery(Carrier carrier, Duration patience) {}

    /** @param recipes static ones, in the order of preference */
    public Candidates(
            Catalog catalog, Publisher publisher, Workbench.Tools tools, Delivery delivery, List<Recipe> recipes) {
        this.catalog = catalog;
        this.publisher = publisher;
        this.tools = tools;
        this.delivery = delivery;
        this.recipes = List.copyOf(recipes);
    }

    @Override
    public List<Digest> build(Effect.Build order) throws BuildException {
        var request = order.request();
        var running = calibrated(request);
        var grown = RangeGrowth.objection(running.ranges(), order.histograms());
        if (grown.isPresent()) {
            throw new BuildException(grown.get());
        }
        var manifest = catalog.versionOf(request.model(), request.build())
                .orElseThrow(() -> new BuildException("version " + request.version() + " is not in the registry"));
        var version = Version.read(
                new Version.Pushed(MediaTypes.repository(request.model()), manifest), catalog.repositories());
        var calibration =
                Calibration.ofGateways(order.histograms(), request.build(), order.contributions(), order.quality());
        var excluded = catalog.excludedNodes(request.model(), request.build());
        Map<Recipe, Digest> made = new LinkedHashMap<>();
        var all = recipes.stream().map(recipe -> recipe.excluding(excluded)).toList();
        all.forEach(recipe -> built(order, calibration, recipe).ifPresent(there -> made.put(recipe, there)));
        if (made.size() < all.size()) {
            make(order, version, calibration, all, made);
        }
        return all.stream()
                .map(recipe -> Objects.requireNonNull(made.get(recipe)))
                .toList();
    }

    @Override
    public void deliver(List<Digest> candidates, Consumer<Optional<String>> then) {
        delivery.carrier().whenThere(candidates, delivery.patience(), then);
    }

    @Override
    public void over(String recalibration) {
        try {
            tools.attempts().forget(recalibration);
        } catch (UncheckedIOException e) {
            // A count that stays costs a file: what comes of the recalibration is told all the same.
            LOG.log(Level.WARNING, "attempts-kept recalibration=" + recalibration + " reason=" + e.getMessage());
        }
    }

    /** Those that are missing. */
    private void make(
            Effect.Build order, Version version, Calibration calibration, List<Recipe> all, Map<Recipe, Digest> made)
            throws BuildException {
        try (var bench = Workbench.of(version.source(), tools, order.request().id())) {
            for (var recipe : all) {
                if (!made.containsKey(recipe)) {
                    var candidate = bench.make(recipe, calibration, order.at());
                    made.put(recipe, publisher.publish(version, candidate));
                }
            }
        }
    }

    /** A candidate of this order that was made before the process ended: each takes seconds, and three of them more than some live. */
    private Optional<Digest> built(Effect.Build order, Calibration calibration, Recipe recipe) {
        return catalog.builds(order.request().model(), order.request().version()).stream()
                .filter(build -> build.card().recipe().equals(recipe.words())
                        && build.card().createdAt().equals(order.at())
                        && build.card()
                                .parent()
                                .equals(Optional.of(order.request().build()))
                        && build.card().calibration().equals(Optional.of(calibration.id())))
                .map(ModelView.Build::manifest)
                .findFirst();
    }

    @Override
    public Optional<Digest> version(ModelName model, Digest build) {
        return catalog.build(model, build).map(found -> found.card().version());
    }

    @Override
    public Optional<String> objection(Requested request) {
        try {
            calibrated(request);
            return Optional.empty();
        } catch (BuildException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** A build whose ranges are taken at run time, or were found in training, has nothing to recalibrate. */
    private BuildCard calibrated(Requested request) throws BuildException {
        var running = catalog.builds(request.model(), request.version()).stream()
                .filter(build -> build.manifest().equals(request.build()))
                .findFirst()
                .orElseThrow(() -> new BuildException("build " + request.build() + " is not in the registry"));
        if (running.card().ranges().isEmpty()) {
            throw new BuildException("build " + request.build().shortHex() + " of recipe "
                    + running.card().recipe() + " has no calibrated ranges: there is nothing to recalibrate");
        }
        return running.card();
    }
}
