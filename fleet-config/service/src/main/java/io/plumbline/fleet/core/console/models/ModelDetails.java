package io.plumbline.fleet.core.console.models;

import io.plumbline.contract.artifact.ModelView;
import io.plumbline.contract.artifact.QualityReport;
import io.plumbline.contract.artifact.SearchReport;
import io.plumbline.contract.artifact.Sighting;
import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.contract.message.TensorClipping;
import io.plumbline.fleet.core.control.ControlState;
import io.plumbline.fleet.core.control.ModelBuilds;
import io.plumbline.fleet.core.view.Heard;
import io.plumbline.rollout.state.RolloutState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One model in full: what the fleet knows of it, and what the registry answers. */
public final class ModelDetails {

    private static final int MOST_BUILDS = 12;
    private static final int MOST_VERSIONS = 6;
    private static final int MOST_PLACES = 20;
    private static final int MOST_GATEWAYS = 5;
    private static final int MOST_TENSORS = 16;
    private static final int MOST_SIGHTINGS = 10;
    private static final double MUCH_CLIPPED = 0.1;

    private final ControlState state;
    private final List<Heard<RecalibrationEvent>> recalibrations;
    private final Shelf shelf;

    /** @param recalibrations newest first */
    public ModelDetails(ControlState state, List<Heard<RecalibrationEvent>> recalibrations, Shelf shelf) {
        this.state = state;
        this.recalibrations = List.copyOf(recalibrations);
        this.shelf = shelf;
    }

    /** @param wanted the first digits of the build whose quality is wanted; the settled one if there is no such build */
    ModelBoard.Detail of(ModelBuilds builds, List<ModelHealth> health, String wanted) {
        var model = builds.model();
        var view = shelf.model(model);
        var shown = shown(builds, health, view.value(), wanted);
        var versions = view.value()
                .map(known -> versions(known, builds, health))
                .orElseGet(() -> List.of(unknown(builds, health)));
        var quality = view.value().isPresent() ? shelf.quality(model, shown).value() : Optional.<QualityReport>empty();
        var ran = view.value().isPresent() ? shelf.sightings(shown).value().orElse(List.of()) : List.<Sighting>of();
        var places = places(model);
        return new ModelBoard.Detail(
                model,
                view.problem(),
                versions,
                FamilyTree.draw(model, versions, places, rollouts(), left(view.value())),
                view.value().map(ModelView::refused).orElse(List.of()),
                trials(model),
                search(view.value(), shown),
                shown,
                quality,
                LayerChart.of(quality),
                tensors(health, shown),
                outside(quality),
                places.stream().limit(MOST_PLACES).toList(),
                Math.max(0, places.size() - MOST_PLACES),
                ran.stream().limit(MOST_SIGHTINGS).toList());
    }

    private static Digest shown(ModelBuilds builds, List<ModelHealth> health, Optional<ModelView> view, String wanted) {
        return wanted.isEmpty()
                ? builds.settled()
                : Stream.concat(
                                health.stream().map(one -> one.cohort().build()),
                                view.stream().flatMap(ModelDetails::builds).map(ModelView.Build::manifest))
                        .filter(one -> one.hex().startsWith(wanted))
                        .findFirst()
                        .orElse(builds.settled());
    }

    private static Stream<ModelView.Build> builds(ModelView view) {
        return view.versions().stream().flatMap(version -> version.builds().stream());
    }

    private List<RolloutEvent> rollouts() {
        return state.newestRollouts().stream().map(RolloutState::event).toList();
    }

    private static String left(Optional<ModelView> view) {
        var all = view.map(ModelView::versions).orElse(List.of());
        return all.size() > MOST_VERSIONS
                        || all.stream().anyMatch(version -> version.builds().size() > MOST_BUILDS)
                ? "These are the newest " + MOST_VERSIONS + " versions, and of each the newest " + MOST_BUILDS
                        + " builds."
                : "";
    }

    private List<VersionLine> versions(ModelView view, ModelBuilds builds, List<ModelHealth> health) {
        var newest = new ArrayList<>(view.versions());
        Collections.reverse(newest);
        return newest.stream()
                .limit(MOST_VERSIONS)
                .map(version -> {
                    var bytes = shelf.versionBytes(view.model(), version.manifest())
                            .value()
                            .orElse(0L);
                    return new VersionLine(
                            version.version(),
                            version.tags(),
                            version.state(),
                            version.because(),
                            bytes,
                            version.builds().stream()
                                    .sorted(Comparator.comparing((ModelView.Build build) ->
                                                    build.card().createdAt())
                                            .reversed())
                                    .limit(MOST_BUILDS)
                                    .map(build -> line(build, bytes, builds, health))
                                    .toList());
                })
                .toList();
    }

    private BuildLine line(ModelView.Build build, long fp32Bytes, ModelBuilds builds, List<ModelHealth> health) {
        return new BuildLine(
                build.manifest(),
                build.card().recipe(),
                build.card().sizeBytes(),
                fp32Bytes,
                Optional.of(build.card().createdAt()),
                build.card().calibration(),
                build.card().parent(),
                build.manifest().equals(builds.settled()),
                running(builds.model(), build.manifest()).size(),
                of(health, build.manifest()));
    }

    /** What the fleet alone knows: builds that are assigned somewhere. */
    private VersionLine unknown(ModelBuilds builds, List<ModelHealth> health) {
        var lines = state.inForce().stream()
                .flatMap(assignment -> assignment.streams().stream())
                .filter(stream -> stream.model().equals(builds.model()))
                .map(stream -> stream.build())
                .distinct()
                .limit(MOST_BUILDS)
                .map(build -> new BuildLine(
                        build,
                        "",
                        0,
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        build.equals(builds.settled()),
                        running(builds.model(), build).size(),
                        of(health, build)))
                .toList();
        var version =
                health.stream().map(one -> one.cohort().version()).findFirst().orElse(builds.settled());
        return new VersionLine(version, List.of(), "", "", 0, lines);
    }

    private static List<ModelHealth> of(List<ModelHealth> health, Digest build) {
        return health.stream().filter(one -> one.cohort().build().equals(build)).toList();
    }

    private List<Assignment> running(ModelName model, Digest build) {
        return state.inForce().stream()
                .filter(one -> one.streams().stream()
                        .anyMatch(stream ->
                                stream.model().equals(model) && stream.build().equals(build)))
                .toList();
    }

    private List<ModelBoard.Place> places(ModelName model) {
        return state.inForce().stream()
                .flatMap(one -> one.streams().stream()
                        .filter(stream -> stream.model().equals(model))
                        .map(stream -> stream.build()))
                .distinct()
                .flatMap(build ->
                        running(model, build).stream()
                                .collect(Collectors.groupingBy(Assignment::site))
                                .entrySet()
                                .stream()
                                .sorted(Map.Entry.comparingByKey())
                                .map(site -> new ModelBoard.Place(
                                        build,
                                        site.getKey(),
                                        site.getValue().stream()
                                                .map(Assignment::gateway)
                                                .limit(MOST_GATEWAYS)
                                                .toList(),
                                        Math.max(0, site.getValue().size() - MOST_GATEWAYS))))
                .toList();
    }

    private Optional<Scatter> trials(ModelName model) {
        return recalibrations.stream()
                .map(Heard::event)
                .filter(event -> event.model().equals(model))
                .flatMap(event -> scatter(event).stream())
                .filter(scatter -> !scatter.points().isEmpty())
                .findFirst();
    }

    private static Optional<Scatter> scatter(RecalibrationEvent event) {
        var running = event.build().value();
        if (event instanceof RecalibrationEvent.Accepted accepted) {
            var about = "accepted: " + accepted.because();
            return Optional.of(Scatter.of(
                    about, accepted.scores(), running, accepted.candidate().value()));
        }
        return event instanceof RecalibrationEvent.Refused refused
                ? Optional.of(Scatter.of("refused: " + refused.because(), refused.scores(), running, ""))
                : Optional.empty();
    }

    private static Optional<SearchReport> search(Optional<ModelView> view, Digest shown) {
        return view.stream()
                .flatMap(ModelDetails::builds)
                .filter(build -> build.manifest().equals(shown))
                .flatMap(build -> build.search().stream())
                .findFirst();
    }

    private static List<Bar> tensors(List<ModelHealth> health, Digest shown) {
        var clipping = of(health, shown).stream()
                .map(ModelHealth::fidelity)
                .reduce(Fidelity.NONE, Fidelity::plus)
                .clipping();
        return clipping.stream()
                .filter(one -> one.windows() > 0)
                .limit(MOST_TENSORS)
                .map(ModelDetails::clipped)
                .toList();
    }

    private static Bar clipped(TensorClipping one) {
        return bar(one.tensor(), (double) one.clippedWindows() / one.windows(), MUCH_CLIPPED);
    }

    private static List<Bar> outside(Optional<QualityReport> quality) {
        return quality.flatMap(QualityReport::calibration).stream()
                .flatMap(calibration -> calibration.outside().stream())
                .limit(MOST_TENSORS)
                .map(one -> bar(one.tensor(), one.share(), 1))
                .toList();
    }

    private static Bar bar(String name, double share, double most) {
        return new Bar(
                name,
                String.format(Locale.ROOT, "%.1f", 100 * share),
                String.format(Locale.ROOT, share > 0 && share < 0.001 ? "%.3f %%" : "%.1f %%", 100 * share),
                share > most);
    }
}
