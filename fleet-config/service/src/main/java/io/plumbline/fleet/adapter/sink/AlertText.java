package io.plumbline.fleet.adapter.sink;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.message.Alert;
import io.plumbline.contract.message.Evidence;
import java.util.ArrayList;
import java.util.Locale;
import java.util.stream.Collectors;

/** An alert for people who read plain text. */
final class AlertText {

    private AlertText() {}

    /** One line: severity, kind, subject, and what changed. */
    static String subject(Alert alert) {
        var about = new ArrayList<String>();
        alert.subject().model().ifPresent(model -> about.add(model.value()));
        alert.subject().site().ifPresent(site -> about.add("at " + site));
        alert.subject().gateway().ifPresent(gateway -> about.add("on " + gateway));
        if (about.isEmpty()) {
            about.add("of the fleet");
        }
        return "[plumbline] " + alert.severity() + " " + alert.kind() + " " + String.join(" ", about) + ": "
                + alert.change().name().toLowerCase(Locale.ROOT);
    }

    static String body(Alert alert) {
        var lines = new ArrayList<String>();
        lines.add(alert.because());
        lines.add("");
        alert.resolved().ifPresent(over -> lines.add("Over since " + over.at() + ": " + over.because()));
        lines.add("Seen " + alert.count() + (alert.count() == 1 ? " time" : " times") + " since " + alert.openedAt()
                + ", last " + alert.lastSeen());
        alert.acknowledged()
                .ifPresent(by -> lines.add("Looked after by " + by.by() + " since " + by.at()
                        + (by.note().isEmpty() ? "" : ": " + by.note())));
        alert.subject().build().ifPresent(build -> lines.add("Build " + build));
        var evidence = evidence(alert);
        if (!evidence.isEmpty()) {
            lines.add("");
            lines.add(evidence);
        }
        lines.add("");
        alert.proof().command().ifPresent(command -> lines.add("More: " + command));
        alert.proof().link().ifPresent(link -> lines.add("Page: " + link));
        lines.add("Alert " + alert.id() + ", episode " + alert.episode() + ", revision " + alert.revision());
        return String.join("\n", lines) + "\n";
    }

    /** What it rests on, a line per fact; empty if nothing was measured. */
    static String evidence(Alert alert) {
        var lines = new ArrayList<String>();
        alert.proof()
                .horizon()
                .ifPresent(horizon -> lines.add("From " + horizon.from() + " to " + horizon.to() + ": "
                        + horizon.readings() + " readings, " + horizon.compared() + " compared with FP32, "
                        + horizon.labelled() + " labelled"));
        alert.proof().evidence().stream().map(AlertText::fact).forEach(lines::add);
        return lines.stream().collect(Collectors.joining("\n"));
    }

    private static String fact(Evidence fact) {
        return String.format(
                Locale.ROOT,
                "%s %s of %s%s: %.4g (%.4g to %.4g), threshold %.4g, %d samples",
                fact.breached() ? "!" : " ",
                fact.measure(),
                fact.subject(),
                fact.device()
                        .map(DeviceId::value)
                        .map(device -> " on " + device)
                        .orElse(""),
                fact.value(),
                fact.lower(),
                fact.upper(),
                fact.threshold(),
                fact.samples());
    }
}
