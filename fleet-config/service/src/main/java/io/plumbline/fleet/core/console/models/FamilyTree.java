package io.plumbline.fleet.core.console.models;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.fleet.core.console.Tone;
import io.plumbline.fleet.core.console.Wording;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Draws where the builds of a model came from, and where they went. One drawing each. */
final class FamilyTree {

    private static final int LEFT = 9;
    private static final int TOP = 14;
    private static final int INDENT = 16;
    /** Whose parents go further back stand below each other. */
    private static final int DEEPEST = 6;

    private static final int ROW = 26;
    private static final int LINE = 17;
    private static final int MOST_SITES = 2;

    private final ModelName model;
    private final Map<Digest, List<ModelBoard.Place>> places;
    private final Map<Digest, RolloutEvent> rollouts;
    private final List<Lineage.Node> nodes = new ArrayList<>();
    private final List<String> paths = new ArrayList<>();
    private int y = TOP;

    private FamilyTree(ModelName model, List<ModelBoard.Place> places, List<RolloutEvent> rollouts) {
        this.model = model;
        this.places = places.stream().collect(Collectors.groupingBy(ModelBoard.Place::build));
        this.rollouts = rollouts.stream()
                .filter(one -> one.model().equals(model))
                .collect(Collectors.toMap(RolloutEvent::candidate, one -> one, (newer, older) -> newer));
    }

    /**
     * @param versions with their builds, as many as are shown
     * @param places where builds are to run
     * @param rollouts newest first
     * @param missing what the versions leave out, in a sentence
     */
    static Lineage draw(
            ModelName model,
            List<VersionLine> versions,
            List<ModelBoard.Place> places,
            List<RolloutEvent> rollouts,
            String missing) {
        var tree = new FamilyTree(model, places, rollouts);
        tree.model(versions);
        return new Lineage(tree.nodes, tree.paths, tree.y, missing);
    }

    private void model(List<VersionLine> versions) {
        var node = add(0, new Lineage.Label(model.value(), "", page(), Tone.PLAIN), List.of(), List.of());
        versions.forEach(version -> version(version, node));
    }

    private void version(VersionLine version, Lineage.Node parent) {
        var facts = version.state().isEmpty() || version.state().equals("READY")
                ? List.<String>of()
                : List.of(version.state().toLowerCase(Locale.ROOT));
        var what = Stream.concat(Stream.of("FP32"), version.tags().stream()).collect(Collectors.joining(" "));
        var label = new Lineage.Label(version.version().shortHex(), what, page(), Tone.PLAIN);
        var node = add(1, label, facts, List.of());
        join(parent, node);
        var known = version.builds().stream().map(BuildLine::build).toList();
        var byParent = new LinkedHashMap<Optional<Digest>, List<BuildLine>>();
        version.builds().stream()
                .sorted(Comparator.comparing(build -> build.created().orElse(Instant.MAX)))
                .forEach(build -> byParent.computeIfAbsent(
                                build.parent().filter(known::contains), from -> new ArrayList<>())
                        .add(build));
        children(Optional.empty(), byParent, node, 2);
    }

    /* What is its own ancestor, which no honest registry says, comes from nothing here and is left out. */
    private void children(
            Optional<Digest> of, Map<Optional<Digest>, List<BuildLine>> byParent, Lineage.Node parent, int depth) {
        for (var build : byParent.getOrDefault(of, List.of())) {
            var node = build(build, depth);
            join(parent, node);
            children(Optional.of(build.build()), byParent, node, depth + 1);
        }
    }

    private Lineage.Node build(BuildLine build, int depth) {
        var facts = new ArrayList<String>();
        build.parent().ifPresent(parent -> facts.add("recalibrated from " + parent.shortHex()));
        build.calibration().ifPresent(data -> facts.add("calibrated on " + data.shortHex()));
        facts.add((build.settled() ? "in force, " : "") + runs(build));
        var name = build.build().shortHex();
        var tone = build.settled() ? Tone.GOOD : build.gateways() > 0 ? Tone.NEWS : Tone.PLAIN;
        return add(
                depth,
                new Lineage.Label(name, build.recipe(), page() + "&build=" + name + "#quality-title", tone),
                facts,
                Stream.ofNullable(rollouts.get(build.build()))
                        .map(one -> new Lineage.Brought(
                                "/rollouts/" + one.rollout(),
                                "rollout: " + Wording.name(one.stage()),
                                Wording.tone(one.stage())))
                        .toList());
    }

    private String runs(BuildLine build) {
        var sites = places.getOrDefault(build.build(), List.of()).stream()
                .map(place -> place.site().value())
                .toList();
        if (build.gateways() == 0) {
            return "runs nowhere";
        }
        return "on " + build.gateways() + (build.gateways() == 1 ? " gateway" : " gateways") + " at "
                + sites.stream().limit(MOST_SITES).collect(Collectors.joining(", "))
                + (sites.size() > MOST_SITES ? " and " + (sites.size() - MOST_SITES) + " more" : "");
    }

    private String page() {
        return "/models?model=" + model;
    }

    private Lineage.Node add(int depth, Lineage.Label label, List<String> facts, List<Lineage.Brought> rollout) {
        var node = new Lineage.Node(LEFT + Math.min(depth, DEEPEST) * INDENT, y, label, facts, rollout);
        nodes.add(node);
        y += ROW + LINE * (facts.size() + rollout.size());
        return node;
    }

    /** Down from the one, then right to the other; straight down where they stand below each other. */
    private void join(Lineage.Node parent, Lineage.Node child) {
        paths.add("M" + parent.x() + " " + parent.y() + "V" + child.y() + "H" + child.x());
    }
}
