package io.plumbline.fleet.adapter.yaml;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.rollout.policy.DeviceLimits;
import io.plumbline.rollout.policy.MaintenanceWindow;
import io.plumbline.rollout.policy.QualityGate;
import io.plumbline.rollout.policy.RolloutPolicy;
import io.plumbline.rollout.policy.Schedule;
import io.plumbline.rollout.policy.WavePlan;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** The {@code rollout} of the file. */
final class RolloutYaml {

    private static final List<String> SECTION = List.of(
            "canary",
            "waves",
            "approveBefore",
            "soak",
            "baselineShare",
            "minCoverage",
            "minExecuted",
            "silentAfter",
            "maxFailedShare",
            "maxFailed",
            "maxMemoryRatio",
            "minCompared",
            "maxClippedShare",
            "minAgreement",
            "minClassAgreement",
            "maxLoss",
            "alpha",
            "maxLatencyRatio",
            "deadline",
            "windows",
            "freeze");

    /** Where the file says nothing. */
    static final RolloutPolicy USUAL =
            new RolloutPolicy(Optional.empty(), WavePlan.USUAL, DeviceLimits.USUAL, QualityGate.USUAL, Schedule.USUAL);

    private final YamlValue section;
    private final YamlMapping said;
    private final RolloutPolicy usual;

    private RolloutYaml(YamlValue section, RolloutPolicy usual) {
        this.section = section;
        this.said = section.mapping(SECTION);
        this.usual = usual;
    }

    /**
     * @param gateways of the file; empty if they cannot be told
     * @param usual what is left out
     */
    static RolloutPolicy policy(YamlValue section, Set<GatewayId> gateways, RolloutPolicy usual) {
        var reader = new RolloutYaml(section, usual);
        var canary = reader.said.may("canary", value -> canary(value, gateways)).or(usual::canary);
        var waves = reader.waves();
        var devices = reader.devices();
        var quality = reader.quality();
        var schedule = reader.schedule();
        return reader.said.whole(() -> new RolloutPolicy(canary, waves, devices, quality, schedule));
    }

    private static GatewayId canary(YamlValue canary, Set<GatewayId> gateways) {
        var id = canary.as(GatewayId::new);
        if (!gateways.isEmpty() && !gateways.contains(id)) {
            throw canary.unknown(
                    "a gateway of this file",
                    id.value(),
                    gateways.stream().map(GatewayId::value).toList());
        }
        return id;
    }

    private WavePlan waves() {
        var before = section.findings().count();
        var usual = this.usual.waves();
        var percents = numbers("waves", usual.percents());
        var approve = numbers("approveBefore", usual.approveBefore());
        var soak = one("soak", YamlScalars::duration, usual.soak());
        var share = one("baselineShare", YamlScalars::ratio, usual.baselineShare());
        return together(before, () -> new WavePlan(percents, approve, soak, share), usual);
    }

    private DeviceLimits devices() {
        var before = section.findings().count();
        var usual = this.usual.devices();
        var coverage = one("minCoverage", YamlScalars::ratio, usual.minCoverage());
        var executed = one("minExecuted", YamlScalars::whole, usual.minExecuted());
        var silent = one("silentAfter", YamlScalars::duration, usual.silentAfter());
        var share = one("maxFailedShare", YamlScalars::ratio, usual.maxFailedShare());
        var most = said.may("maxFailed", v -> v.as(YamlScalars::whole)).or(usual::maxFailed);
        var memory = said.may("maxMemoryRatio", v -> v.as(YamlScalars::number)).or(usual::maxMemoryRatio);
        return together(before, () -> new DeviceLimits(coverage, executed, silent, share, most, memory), usual);
    }

    private QualityGate quality() {
        var before = section.findings().count();
        var usual = this.usual.quality();
        var compared = one("minCompared", YamlScalars::count, usual.minCompared());
        var clipped = one("maxClippedShare", YamlScalars::ratio, usual.maxClippedShare());
        var agreement = one("minAgreement", YamlScalars::ratio, usual.minAgreement());
        var ofClass = one("minClassAgreement", YamlScalars::ratio, usual.minClassAgreement());
        var loss = one("maxLoss", YamlScalars::ratio, usual.maxLoss());
        var alpha = one("alpha", YamlScalars::ratio, usual.alpha());
        var latency =
                said.may("maxLatencyRatio", v -> v.as(YamlScalars::number)).or(usual::maxLatencyRatio);
        return together(
                before, () -> new QualityGate(compared, clipped, agreement, ofClass, loss, alpha, latency), usual);
    }

    private Schedule schedule() {
        var before = section.findings().count();
        var usual = this.usual.schedule();
        var deadline = one("deadline", YamlScalars::duration, usual.deadline());
        var windows = said.may("windows", list -> list.each(value -> value.as(MaintenanceWindow::parse)))
                .orElse(usual.windows());
        var freeze = one("freeze", YamlScalars::choice, usual.freeze());
        return together(before, () -> new Schedule(deadline, windows, freeze), usual);
    }

    private <T> T one(String key, Function<String, T> parse, T usual) {
        return said.may(key, value -> value.as(parse)).orElse(usual);
    }

    private List<Double> numbers(String key, List<Double> usual) {
        return said.may(key, list -> list.each(value -> value.as(YamlScalars::number)))
                .orElse(usual);
    }

    /**
     * Values that have rules in common, unless one of them is broken, which is noted: then there is no more to say about them.
     *
     * @param before how much had been noted before they were read
     */
    private <T> T together(int before, Supplier<T> build, T usual) {
        if (section.findings().count() > before) {
            return usual;
        }
        return section.findings().part(() -> section.whole(build)).orElse(usual);
    }
}
