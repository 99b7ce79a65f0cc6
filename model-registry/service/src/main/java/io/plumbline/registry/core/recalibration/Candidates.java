package io.plumbline.registry.core.recalibration;

import io.plumbline.contract.artifact.BuildCard;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.artifact.ModelView;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.RecalibrationEvent.Requested;
import io.plumbline.quantizer.auto.AutoSearch;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Makes the candidates of a recalibration from the FP32 version and merged histograms. */
public final class Candidates implements CandidateBuilder {

    private static final System.Logger LOG = System.getLogger(Candidates.class.getName());

    /** Gateways run each of them on all their windows, and the gate's confidence is shared among them. */
    private static final int CHOSEN = 3;

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

    /** @param recipes static ones, in the order of preference; none to have them chosen by the measures of the quantizer's search */
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
        var listed = recipes.stream().map(recipe -> recipe.excluding(excluded)).toList();
        var there = listed.stream()
                .flatMap(recipe -> built(order, calibration, recipe).stream())
                .toList();
        if (!listed.isEmpty() && there.size() == listed.size()) {
            return there;
        }
        try (var bench = Workbench.of(version.source(), tools, request.id())) {
            if (!listed.isEmpty()) {
                return made(bench, order, version, calibration, listed);
            }
            // Before the choice is made, which a process that lives a few seconds may not live to see.
            var cautious = Recipe.calibrated("minmax-margin").excluding(excluded);
            List<Digest> candidates = new ArrayList<>(made(bench, order, version, calibration, List.of(cautious)));
            candidates.addAll(made(bench, order, version, calibration, nearest(bench, calibration, excluded)));
            return candidates;
        }
    }

    private List<Digest> made(
            Workbench bench, Effect.Build order, Version version, Calibration calibration, List<Recipe> all)
            throws BuildException {
        List<Digest> candidates = new ArrayList<>();
        for (var recipe : all) {
            var there = built(order, calibration, recipe);
            candidates.add(
                    there.isPresent()
                            ? there.get()
                            : publisher.publish(version, bench.make(recipe, calibration, order.at())));
        }
        return candidates;
    }

    /**
     * Of the recipes of the search those that are nearest to FP32. They come behind the one with room to spare, because data that have begun to
     * move may go on, and no holdout shows what has not come yet.
     */
    private static List<Recipe> nearest(Workbench bench, Calibration calibration, Set<String> excluded)
            throws BuildException {
        var searched = AutoSearch.calibrated().stream()
                .map(recipe -> recipe.excluding(excluded))
                .toList();
        return bench.nearest(searched, calibration).stream().limit(CHOSEN - 1).toList();
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
