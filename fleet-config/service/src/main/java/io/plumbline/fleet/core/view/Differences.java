package io.plumbline.fleet.core.view;

import io.plumbline.contract.declared.FileDifference;
import io.plumbline.contract.declared.FileDifference.GatewayChange;
import io.plumbline.contract.declared.FileDifference.Kind;
import io.plumbline.contract.declared.FileDifference.Line;
import io.plumbline.contract.declared.RolloutOutlook;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.fleet.core.control.Change;
import io.plumbline.fleet.core.control.ControlState;
import io.plumbline.fleet.core.control.FleetVersion;
import io.plumbline.fleet.core.spec.Advice;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Says in lines what a change would do to the fleet. Pure. */
public final class Differences {

    private Differences() {}

    /** @param change that a file would make */
    public static FileDifference of(Change change) {
        var declared = between(spec(change.before()), spec(change.after()));
        var gateways = gateways(change);
        var rollouts = change.after().rollouts().entrySet().stream()
                .filter(one -> !one.getValue().equals(change.before().rollouts().get(one.getKey())))
                .map(one -> one.getValue().event())
                .toList();
        return new FileDifference(
                change.before().version().map(FleetVersion::version).orElse(0L),
                !declared.isEmpty() || !gateways.isEmpty() || !rollouts.isEmpty(),
                declared,
                gateways,
                rollouts,
                change.after()
                        .version()
                        .map(version -> Advice.of(version.spec()))
                        .filter(advice -> !advice.isEmpty()),
                Optional.of(outlooks(change)).filter(outlooks -> !outlooks.isEmpty()));
    }

    private static List<RolloutOutlook> outlooks(Change change) {
        return change.after().active().stream()
                .filter(rollout ->
                        !change.before().rollouts().containsKey(rollout.plan().id()))
                .flatMap(rollout -> change.after().outlook(rollout.plan()).stream())
                .toList();
    }

    private static List<Outline.Entry> spec(ControlState state) {
        return state.version().map(version -> Outline.of(version.spec())).orElse(List.of());
    }

    private static List<GatewayChange> gateways(Change change) {
        var members = gateways(change.before());
        var remaining = gateways(change.after());
        return change.assignments().stream()
                .map(after -> {
                    var before = Optional.ofNullable(change.before().assigned().get(after.gateway()));
                    var kind = kind(after.gateway(), members, remaining, before.isPresent());
                    var work = kind == Kind.CHANGES
                            ? between(Outline.of(before.orElseThrow().streams()), Outline.of(after.streams()))
                            : List.<Line>of();
                    return new GatewayChange(after.gateway(), after.site(), kind, after.generation(), work);
                })
                .toList();
    }

    private static Kind kind(GatewayId gateway, Set<GatewayId> members, Set<GatewayId> remaining, boolean known) {
        if (!remaining.contains(gateway)) {
            return Kind.LEAVES;
        }
        return members.contains(gateway) && known ? Kind.CHANGES : Kind.JOINS;
    }

    private static Set<GatewayId> gateways(ControlState state) {
        return state.version()
                .map(version -> Set.copyOf(version.spec().gateways()))
                .orElse(Set.of());
    }

    /** What is in one outline and not in the other; one value for another of the same path is one line. */
    static List<Line> between(List<Outline.Entry> before, List<Outline.Entry> after) {
        var gone = new LinkedHashSet<>(before);
        new HashSet<>(after).forEach(gone::remove);
        var fresh = new LinkedHashSet<>(after);
        new HashSet<>(before).forEach(fresh::remove);
        Map<String, List<String>> values = new LinkedHashMap<>();
        fresh.forEach(entry ->
                values.computeIfAbsent(entry.path(), path -> new ArrayList<>()).add(entry.value()));
        var lines = new ArrayList<Line>();
        for (var entry : gone) {
            var instead = Objects.requireNonNullElse(values.get(entry.path()), List.<String>of());
            var one = instead.size() == 1 && !entry.listed() ? Optional.of(instead.get(0)) : Optional.<String>empty();
            if (one.isPresent()) {
                values.remove(entry.path());
            }
            lines.add(new Line(entry.path(), Optional.of(entry.value()), one));
        }
        values.forEach(
                (path, all) -> all.forEach(value -> lines.add(new Line(path, Optional.empty(), Optional.of(value)))));
        return lines;
    }
}
