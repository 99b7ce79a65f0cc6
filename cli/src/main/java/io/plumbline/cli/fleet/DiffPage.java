package io.plumbline.cli.fleet;

import io.plumbline.contract.declared.FileDifference;
import io.plumbline.contract.declared.FileDifference.GatewayChange;
import io.plumbline.contract.declared.FileDifference.Kind;
import io.plumbline.contract.declared.FileDifference.Line;
import io.plumbline.contract.message.RolloutEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a file would change, for people at a terminal. */
final class DiffPage {

    /** More gateways that change alike are counted, not named. */
    private static final int NAMED = 8;

    /** What becomes of several gateways alike. */
    private record Fate(Kind kind, List<Line> work) {}

    private DiffPage() {}

    static List<String> lines(FileDifference difference) {
        var lines = changes(difference);
        difference.advice().orElse(List.of()).forEach(one -> lines.add("advice: " + one));
        return lines;
    }

    private static List<String> changes(FileDifference difference) {
        var lines = new ArrayList<String>();
        if (!difference.differs()) {
            lines.add("no differences to " + base(difference));
            return lines;
        }
        lines.add("to " + base(difference) + ":");
        difference.declared().forEach(line -> lines.add(line(line)));
        difference.rollouts().forEach(rollout -> lines.add("rollout " + line(rollout)));
        difference.outlooks().orElse(List.of()).forEach(outlook -> {
            lines.add("rollout of " + outlook.model() + ": " + outlook.words());
            outlook.instead().ifPresent(instead -> lines.add("    " + instead));
        });
        Map<Fate, List<GatewayChange>> alike = new LinkedHashMap<>();
        difference
                .gateways()
                .forEach(gateway -> alike.computeIfAbsent(
                                new Fate(gateway.kind(), gateway.work()), fate -> new ArrayList<>())
                        .add(gateway));
        alike.forEach((fate, gateways) -> {
            lines.add(names(gateways) + " " + word(fate.kind(), gateways.size()));
            fate.work().forEach(line -> lines.add("    " + line(line)));
        });
        if (difference.gateways().isEmpty()) {
            lines.add("no gateway changes now");
        }
        return lines;
    }

    private static String base(FileDifference difference) {
        return difference.version() == 0 ? "an empty fleet" : "version " + difference.version();
    }

    private static String line(Line line) {
        if (line.before().isPresent() && line.after().isPresent()) {
            return "~ " + line.path() + ": " + line.before().get() + " -> "
                    + line.after().get();
        }
        return line.after()
                .map(value -> "+ " + line.path() + ": " + value)
                .orElseGet(() -> "- " + line.path() + ": " + line.before().orElse(""));
    }

    private static String line(RolloutEvent rollout) {
        return rollout.rollout() + " of " + rollout.model() + " from "
                + rollout.baseline().shortHex() + " to " + rollout.candidate().shortHex() + ": "
                + rollout.stage() + ", " + rollout.because();
    }

    private static String names(List<GatewayChange> gateways) {
        if (gateways.size() > NAMED) {
            return Count.of(gateways.size(), "gateway") + " (" + gateways.get(0).gateway() + ", "
                    + gateways.get(1).gateway() + " ...)";
        }
        return gateways.stream()
                .map(gateway -> gateway.gateway() + " at " + gateway.site())
                .collect(Collectors.joining(", ", "gateway" + (gateways.size() == 1 ? " " : "s "), ""));
    }

    private static String word(Kind kind, int gateways) {
        var one = switch (kind) {
            case JOINS -> "join";
            case LEAVES -> "leave";
            case CHANGES -> "change";
        };
        return one + (gateways == 1 ? "s" : "") + (kind == Kind.CHANGES ? ":" : "");
    }
}
