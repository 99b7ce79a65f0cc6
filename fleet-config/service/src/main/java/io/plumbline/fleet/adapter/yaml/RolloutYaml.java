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

    private final YamlValue section;
    private final YamlMapping said;

    private RolloutYaml(YamlValue section) {
        this.section = section;
        this.said = section.mapping(SECTION);
    }

    /** @param gateways of the file; empty if they cannot be told */
    static RolloutPolicy policy(YamlValue section, Set<GatewayId> gateways) {
        var reader = new RolloutYaml(section);
        return new RolloutPolicy(
                reader.canary(gateways), reader.waves(), reader.devices(), reader.quality(), reader.schedule());
    }

    private Optional<GatewayId> canary(Set<GatewayId> gateways) {
        return said.optional("canary").map(canary -> {
            var id = canary.as(GatewayId::new);
            if (!gateways.isEmpty() && !gateways.contains(id)) {
                throw canary.unknown(
                        "a gateway of this file",
                        id.value(),
                        gateways.stream().map(GatewayId::value).toList());
            }
            return id;
        });
    }

    private WavePlan waves() {
        var usual = WavePlan.USUAL;
        var percents = numbers("waves", usual.percents());
        var approve = numbers("approveBefore", usual.approveBefore());
        var soak = one("soak", YamlScalars::duration, usual.soak());
        var share = one("baselineShare", YamlScalars::ratio, usual.baselineShare());
        return place("waves").whole(() -> new WavePlan(percents, approve, soak, share));
    }

    private DeviceLimits devices() {
        var usual = DeviceLimits.USUAL;
        var coverage = one("minCoverage", YamlScalars::ratio, usual.minCoverage());
        var executed = one("minExecuted", YamlScalars::whole, usual.minExecuted());
        var silent = one("silentAfter", YamlScalars::duration, usual.silentAfter());
        var share = one("maxFailedShare", YamlScalars::ratio, usual.maxFailedShare());
        var most = said.optional("maxFailed").map(v -> v.as(YamlScalars::whole));
        return place("minCoverage").whole(() -> new DeviceLimits(coverage, executed, silent, share, most));
    }

    private QualityGate quality() {
        var usual = QualityGate.USUAL;
        var compared = one("minCompared", YamlScalars::count, usual.minCompared());
        var clipped = one("maxClippedShare", YamlScalars::ratio, usual.maxClippedShare());
        var agreement = one("minAgreement", YamlScalars::ratio, usual.minAgreement());
        var ofClass = one("minClassAgreement", YamlScalars::ratio, usual.minClassAgreement());
        var loss = one("maxLoss", YamlScalars::ratio, usual.maxLoss());
        var alpha = one("alpha", YamlScalars::ratio, usual.alpha());
        var latency = said.optional("maxLatencyRatio").map(v -> v.as(YamlScalars::number));
        return place("maxLoss")
                .whole(() -> new QualityGate(compared, clipped, agreement, ofClass, loss, alpha, latency));
    }

    private Schedule schedule() {
        var deadline = one("deadline", YamlScalars::duration, Schedule.USUAL.deadline());
        var windows = said.optional("windows").map(YamlValue::elements).orElse(List.of()).stream()
                .map(value -> value.as(MaintenanceWindow::parse))
                .toList();
        var freeze = one("freeze", YamlScalars::choice, false);
        return place("windows").whole(() -> new Schedule(deadline, windows, freeze));
    }

    private <T> T one(String key, Function<String, T> parse, T usual) {
        return said.optional(key).map(value -> value.as(parse)).orElse(usual);
    }

    private List<Double> numbers(String key, List<Double> usual) {
        return said.optional(key)
                .map(list -> list.elements().stream()
                        .map(value -> value.as(YamlScalars::number))
                        .toList())
                .orElse(usual);
    }

    /** Where a complaint about several values is made: at the one that is there, or at the section. */
    private YamlValue place(String key) {
        return said.optional(key).orElse(section);
    }
}
