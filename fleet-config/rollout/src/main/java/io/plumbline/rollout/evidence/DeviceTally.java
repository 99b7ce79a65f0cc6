package io.plumbline.rollout.evidence;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.message.RehearsalScore;
import io.plumbline.rollout.policy.DeviceLimits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The told gateways that are in the fleet, by state. Not thread-safe. */
public final class DeviceTally {

    private static final int NAMED = 5;

    private final DeviceLimits limits;
    private final List<Placed> placed = new ArrayList<>();
    private final Map<DeviceState, List<GatewayStanding>> byState = new EnumMap<>(DeviceState.class);

    private DeviceTally(DeviceLimits limits) {
        this.limits = limits;
        for (var state : DeviceState.values()) {
            byState.put(state, new ArrayList<>());
        }
    }

    /** A told gateway, and where it is. */
    public record Placed(GatewayStanding gateway, DeviceState state) {}

    /** @param toldAt when the newest of them were told: silence is counted from then on */
    public static DeviceTally of(
            Collection<GatewayId> told, Instant toldAt, List<GatewayStanding> fleet, DeviceLimits limits, Instant now) {
        var tally = new DeviceTally(limits);
        var wanted = new HashSet<>(told);
        for (var gateway : fleet) {
            if (wanted.contains(gateway.gateway())) {
                var state = stateOf(gateway, toldAt, limits, now);
                tally.placed.add(new Placed(gateway, state));
                tally.in(state).add(gateway);
            }
        }
        return tally;
    }

    /** What a gateway that failed said stays true in its silence. */
    public static DeviceState stateOf(GatewayStanding gateway, Instant toldAt, DeviceLimits limits, Instant now) {
        var state = DeviceState.of(gateway);
        var since = gateway.heard().isAfter(toldAt) ? gateway.heard() : toldAt;
        var silent = since.plus(limits.silentAfter()).isBefore(now);
        return silent && !state.failed() ? DeviceState.SILENT : state;
    }

    public int told() {
        return placed.size();
    }

    /** Each of them, in the order of the fleet. */
    public List<Placed> placed() {
        return List.copyOf(placed);
    }

    public int count(DeviceState state) {
        return in(state).size();
    }

    /** Gateways on their way. */
    public int pending() {
        return onTheirWay().size();
    }

    private List<Placed> onTheirWay() {
        return placed.stream().filter(one -> one.state().pending()).toList();
    }

    public int executed() {
        return count(DeviceState.ACTIVE) + failed();
    }

    public int failed() {
        return count(DeviceState.REJECTED) + count(DeviceState.FAILED) + count(DeviceState.ROLLED_BACK);
    }

    /** Share of the told gateways of which it is known how the candidate does; 0 of none. */
    public double coverage() {
        return told() == 0 ? 0 : (double) executed() / told();
    }

    public boolean covered() {
        return told() > 0 && coverage() >= limits.minCoverage() && executed() >= Math.min(limits.minExecuted(), told());
    }

    /** Whether so many failed that nothing the others say can mend it. */
    public boolean failedTooMany() {
        return failed() > limits.maxFailedShare() * told()
                || failed() > limits.maxFailed().orElse(Integer.MAX_VALUE);
    }

    /** Share of the gateways that tried the candidate and failed; 0 of none. It stops nothing: who answers first is no sample. */
    public double failedOfTried() {
        return executed() == 0 ? 0 : (double) failed() / executed();
    }

    /** Sites with a gateway that runs the candidate, in the order of the fleet. */
    public Set<SiteId> activeSites() {
        var sites = new LinkedHashSet<SiteId>();
        in(DeviceState.ACTIVE).forEach(gateway -> sites.add(gateway.site()));
        return sites;
    }

    /** All rehearsals of the gateways that run the candidate. Where {@link #count some refused}, these are the better ones. */
    public RehearsalScore rehearsals() {
        return in(DeviceState.ACTIVE).stream()
                .flatMap(gateway -> gateway.rehearsal().stream())
                .reduce(
                        RehearsalScore.NONE,
                        (a, b) -> new RehearsalScore(
                                a.inputs() + b.inputs(), a.running() + b.running(), a.candidate() + b.candidate()));
    }

    /** How much more memory the gateways that run the candidate need, ascending; none of those that did not say. */
    public List<Double> memoryRatios() {
        return in(DeviceState.ACTIVE).stream()
                .flatMap(gateway -> gateway.memory().stream())
                .map(MemoryChange::ratio)
                .sorted()
                .toList();
    }

    /** What is missing, in words: a sentence per state, the first gateways by name. */
    public List<String> missing() {
        var all = new ArrayList<String>();
        name(in(DeviceState.SILENT), gateway -> " is silent", "are silent", all);
        name(
                onTheirWay().stream().map(Placed::gateway).toList(),
                DeviceTally::late,
                "do not run the candidate yet",
                all);
        return all;
    }

    /** The failures, in the gateways' own words. */
    public List<String> failures() {
        var all = new ArrayList<String>();
        for (var state : DeviceState.values()) {
            if (state.failed()) {
                in(state).stream().limit(NAMED).forEach(gateway -> all.add(failure(gateway)));
                if (count(state) > NAMED) {
                    all.add((count(state) - NAMED) + " more are " + state);
                }
            }
        }
        return all;
    }

    private static String failure(GatewayStanding gateway) {
        return switch (gateway.standing()) {
            case FELL_BACK -> gateway.gateway() + " went back to the baseline by itself";
            case FAILED -> gateway.gateway() + " ran the build and failed: " + gateway.because();
            default -> gateway.gateway() + " refused the build: " + gateway.because();
        };
    }

    /** Coverage and failures as facts. */
    public List<Evidence> facts() {
        var failed = told() == 0 ? 0 : (double) failed() / told();
        return List.of(
                new Evidence(
                        "coverage",
                        "gateways",
                        coverage(),
                        coverage(),
                        coverage(),
                        limits.minCoverage(),
                        told(),
                        !covered()),
                new Evidence(
                        "failed",
                        "gateways",
                        failed,
                        failed,
                        failed,
                        limits.maxFailedShare(),
                        told(),
                        failedTooMany()));
    }

    private static String late(GatewayStanding gateway) {
        return " does not run the candidate yet"
                + gateway.step().map(step -> ": it is " + step).orElse("");
    }

    private void name(
            List<GatewayStanding> gateways, Function<GatewayStanding, String> one, String more, List<String> into) {
        if (gateways.size() <= NAMED) {
            gateways.forEach(gateway -> into.add(gateway.gateway() + one.apply(gateway)));
        } else {
            into.add(gateways.size() + " of " + told() + " gateways " + more + ", such as "
                    + gateways.get(0).gateway());
        }
    }

    private List<GatewayStanding> in(DeviceState state) {
        return byState.getOrDefault(state, List.of());
    }
}
