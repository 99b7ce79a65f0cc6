package io.plumbline.registry.core.recalibration;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.wire.Json;
import io.plumbline.registry.core.build.BuildException;
import io.plumbline.registry.core.build.Calibration;
import io.plumbline.registry.core.build.Catalog;
import io.plumbline.registry.core.build.Publisher;
import io.plumbline.registry.core.build.Recipe;
import io.plumbline.registry.core.build.Version;
import io.plumbline.registry.core.build.Workbench;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the candidates of a recalibration from the FP32 version and merged histograms. */
public final class Candidates implements Recalibrations.CandidateBuilder {

    private final Catalog catalog;
    private final Publisher publisher;
    private final List<Recipe> recipes;
    private final Clock clock;

    /** @param recipes static ones, in the order of preference */
    public Candidates(Catalog catalog, Publisher publisher, List<Recipe> recipes, Clock clock) {
        this.catalog = catalog;
        this.publisher = publisher;
        this.recipes = List.copyOf(recipes);
        this.clock = clock;
    }

    @Override
    public List<Digest> build(Effect.Build order) throws BuildException {
        var request = order.request();
        var manifest = catalog.version(request.model(), request.version())
                .orElseThrow(() -> new BuildException("version " + request.version() + " is not in the registry"));
        var version = Version.read(manifest, catalog.repositories());
        var bench = Workbench.of(version);
        var id = Digest.of(Json.encode(order.histograms()));
        var calibration = Optional.of(new Calibration(order.histograms(), id, Optional.of(request.build())));
        var candidates = new ArrayList<Digest>();
        for (var recipe : recipes) {
            candidates.add(publisher.publish(version, bench.build(recipe, calibration, clock.instant())));
        }
        return candidates;
    }
}
