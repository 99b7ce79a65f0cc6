package io.plumbline.cli.show;

import io.plumbline.contract.fleet.FleetOverview;
import io.plumbline.contract.message.ClassAgreement;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.contract.message.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The fleet as a table, one line per model and site. */
final class StateTable {

    private static final String ROW = "%-14s %-6s %10s  %-8s %-16s %-8s %-9s %-18s %-13s %s";
    private static final String RESET = "\u001b[0m";

    private StateTable() {}

    static List<String> lines(FleetOverview overview, boolean colour) {
        var lines = new ArrayList<String>();
        lines.add(ROW.formatted(
                "MODEL",
                "SITE",
                "READINGS/S",
                "AGREE",
                "AGREE ON EVENTS",
                "CLIPPED",
                "ACCURACY",
                "VERDICT",
                "BUILD",
                "ROLLOUT"));
        overview.health().stream()
                .sorted(Comparator.comparing(
                                (ModelHealth health) -> health.cohort().site())
                        .thenComparing(ModelHealth::to))
                .forEach(health -> lines.add(row(health, overview, colour)));
        if (overview.health().isEmpty()) {
            lines.add("no statistics yet: the first window of device time is still open");
        }
        return lines;
    }

    private static String row(ModelHealth health, FleetOverview overview, boolean colour) {
        var cohort = health.cohort();
        return ROW.formatted(
                cohort.model(),
                cohort.site(),
                String.format(Locale.ROOT, "%.0f", rate(health, overview)),
                percent(health.fidelity().agreed(), health.fidelity().compared()),
                events(health),
                clipped(health),
                health.accuracy()
                        .map(value -> String.format(Locale.ROOT, "%.1f %%", 100 * value))
                        .orElse("-"),
                paint(health.verdict(), colour),
                cohort.build().shortHex(),
                overview.rollouts().stream()
                        .findFirst()
                        .map(StateTable::rollout)
                        .orElse("-"));
    }

    private static double rate(ModelHealth health, FleetOverview overview) {
        return overview.gateways().stream()
                .filter(gateway -> gateway.site().equals(health.cohort().site()))
                .mapToDouble(FleetOverview.GatewayView::readingsPerSecond)
                .sum();
    }

    private static String events(ModelHealth health) {
        return health.fidelity().classes().stream()
                .filter(one -> one.label().equals("event"))
                .findFirst()
                .map(StateTable::counted)
                .orElse("none seen");
    }

    private static String counted(ClassAgreement one) {
        return percent(one.agreed(), one.compared()) + " of " + one.compared();
    }

    private static String clipped(ModelHealth health) {
        return health.fidelity().clipping().stream()
                .findFirst()
                .map(one -> percent(one.clippedWindows(), one.windows()))
                .orElse("-");
    }

    private static String rollout(RolloutEvent rollout) {
        return rollout.stage() + " " + rollout.candidate().shortHex().substring(0, 7);
    }

    private static String percent(long part, long whole) {
        return whole == 0 ? "-" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
    }

    private static String paint(Verdict verdict, boolean colour) {
        var padded = "%-18s".formatted(verdict);
        if (!colour) {
            return padded;
        }
        return switch (verdict) {
            case STABLE -> "\u001b[32m" + padded + RESET;
            case INSUFFICIENT -> "\u001b[2m" + padded + RESET;
            case DATA_DRIFT -> "\u001b[33m" + padded + RESET;
            case CALIBRATION_STALE, RUNTIME_MISMATCH, CONCEPT_DRIFT, SENSOR_FAULT -> "\u001b[31m" + padded + RESET;
        };
    }
}
