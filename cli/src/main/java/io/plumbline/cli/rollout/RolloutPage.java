package io.plumbline.cli.rollout;

import io.plumbline.cli.client.RolloutClient.Device;
import io.plumbline.cli.show.Utc;
import io.plumbline.cli.tool.Table;
import io.plumbline.contract.declared.RolloutOutlook;
import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.rollout.evidence.DeviceState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Rollouts in words. */
public final class RolloutPage {

    private RolloutPage() {}

    /** One step. */
    static List<String> line(RolloutEvent event) {
        return List.of(Utc.second(event.at()) + "  " + event.rollout() + ":" + event.revision() + "  " + phase(event)
                + "  " + event.because());
    }

    /** One line for each rollout. */
    public static List<String> table(List<RolloutEvent> events) {
        var table =
                new Table("ROLLOUT", "MODEL", "FROM", "TO", "STATE", "TOLD", "SINCE", "BECAUSE").left(1, 2, 3, 4, 6, 7);
        events.forEach(event -> table.row(
                event.rollout(),
                event.model().value(),
                event.baseline().shortHex(),
                event.candidate().shortHex(),
                phase(event),
                Integer.toString(event.updated().size()),
                Utc.second(event.at()),
                event.because()));
        return table.lines();
    }

    /** What it has to compare with. */
    public static List<String> outlook(RolloutOutlook outlook) {
        return Stream.concat(Stream.of(outlook.words()), outlook.instead().stream())
                .toList();
    }

    static List<String> steps(List<RolloutEvent> events) {
        var last = events.get(events.size() - 1);
        var lines = new ArrayList<String>();
        lines.add(last.rollout() + ": " + last.model() + " from "
                + last.baseline().shortHex() + " to " + last.candidate().shortHex());
        events.forEach(event -> lines.addAll(line(event)));
        lines.addAll(facts(last.evidence()));
        return lines;
    }

    private static List<String> facts(List<Evidence> evidence) {
        if (evidence.isEmpty()) {
            return List.of();
        }
        var table = new Table("MEASURE", "OF", "VALUE", "FROM", "TO", "LIMIT", "SAMPLES", "").left(1, 7);
        evidence.forEach(fact -> table.row(
                fact.measure(),
                fact.subject(),
                number(fact.value()),
                number(fact.lower()),
                number(fact.upper()),
                number(fact.threshold()),
                Long.toString(fact.samples()),
                fact.breached() ? "breached" : ""));
        return table.lines();
    }

    /** @param named every gateway; otherwise how many are in each state */
    static List<String> devices(List<Device> devices, boolean named) {
        if (devices.isEmpty()) {
            return List.of();
        }
        var counts = new EnumMap<DeviceState, Integer>(DeviceState.class);
        devices.forEach(device -> counts.merge(device.state(), 1, Integer::sum));
        var lines = new ArrayList<String>();
        counts.forEach((state, count) -> lines.add(count + " of " + devices.size() + " told gateways are " + state));
        if (named) {
            var table = new Table("GATEWAY", "SITE", "STATE", "BECAUSE").left(1, 2, 3);
            devices.forEach(device -> table.row(
                    device.gateway().value(),
                    device.site().value(),
                    device.state().name(),
                    device.because()));
            lines.addAll(table.lines());
        }
        return lines;
    }

    /** @param whole with thresholds and facts */
    static List<String> explained(ExplainRolloutCommand.Explained one, boolean whole) {
        var event = one.event();
        var lines = new ArrayList<String>();
        lines.add(one.outcome() + "  " + event.rollout() + ":" + event.revision() + "  " + phase(event) + "  "
                + event.because());
        one.finding().filter(found -> !found.difference().isEmpty()).ifPresent(found -> {
            lines.add(
                    found.byOtherRules()
                            ? "  it was decided by the rules " + found.recorded() + ", and this plumbline has only "
                                    + found.used() + ", which decide otherwise or need what was not logged then;"
                                    + " explain it with the plumbline of that time (CHANGELOG.md says which rules came when)"
                            : "  decided by " + found.recorded() + ", again by " + found.used());
            lines.add("  " + found.difference());
        });
        if (!one.announced()) {
            lines.add("  the log has not the digest that the event names");
        }
        if (whole) {
            lines.addAll(facts(event.evidence()));
            event.progress()
                    .ifPresent(
                            progress -> progress.thresholds().forEach((name, value) -> lines.add(name + ": " + value)));
        }
        return lines;
    }

    private static String phase(RolloutEvent event) {
        return event.progress()
                .map(progress -> progress.waves() == 0
                        ? progress.phase()
                        : progress.phase() + " " + progress.wave() + "/" + progress.waves())
                .orElse(event.stage().name());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
