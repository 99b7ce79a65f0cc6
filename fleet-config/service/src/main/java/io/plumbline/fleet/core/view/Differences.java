package io.plumbline.fleet.core.view;

import io.plumbline.contract.declared.FileDifference;
import io.plumbline.contract.declared.FileDifference.GatewayChange;
import io.plumbline.contract.declared.FileDifference.Kind;
import io.plumbline.contract.declared.FileDifference.Line;
import io.plumbline.contract.fleet.Assignment;
import io.plumbline.fleet.core.control.Change;
import io.plumbline.fleet.core.control.ControlState;
import io.plumbline.fleet.core.control.FleetVersion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Says in lines what a change would do to the fleet. Pure. */
public final class Differences {

    private Differences() {}

    /** @param change that a file would make */
    public static FileDifference of(Change change) {
        var declared = between(spec(change.before()), spec(change.after()));
        var gateways = change.assignments().stream()
                .map(after -> gateway(change, after))
                .toList();
        var rollouts = change.after().rollouts().entrySet().stream()
                .filter(one -> !one.getValue().equals(change.before().rollouts().get(one.getKey())))
                .map(one -> one.getValue().event())
                .toList();
        return new FileDifference(
                change.before().version().map(FleetVersion::version).orElse(0L),
                !declared.isEmpty() || !gateways.isEmpty() || !rollouts.isEmpty(),
                declared,
                gateways,
                rollouts);
    }

    private static List<Outline.Entry> spec(ControlState state) {
        return state.version().map(version -> Outline.of(version.spec())).orElse(List.of());
    }

    private static GatewayChange gateway(Change change, Assignment after) {
        var before = Optional.ofNullable(change.before().assigned().get(after.gateway()));
        var kind = kind(change, after, before.isPresent());
        var work = kind == Kind.CHANGES
                ? between(Outline.of(before.orElseThrow().streams()), Outline.of(after.streams()))
                : List.<Line>of();
        return new GatewayChange(after.gateway(), after.site(), kind, after.generation(), work);
    }

    private static Kind kind(Change change, Assignment after, boolean known) {
        var member = change.before()
                .version()
                .filter(version -> version.spec().siteOf(after.gateway()).isPresent())
                .isPresent();
        var remains = change.after()
                .version()
                .filter(version -> version.spec().siteOf(after.gateway()).isPresent())
                .isPresent();
        if (!remains) {
            return Kind.LEAVES;
        }
        return member && known ? Kind.CHANGES : Kind.JOINS;
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
