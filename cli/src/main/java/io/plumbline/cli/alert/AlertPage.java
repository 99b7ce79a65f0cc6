package io.plumbline.cli.alert;

import io.plumbline.cli.show.Utc;
import io.plumbline.contract.fleet.AlertBoard;
import io.plumbline.contract.fleet.AlertBoard.SinkView;
import io.plumbline.contract.fleet.AlertSilence;
import io.plumbline.contract.message.Alert;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Alerts for people at a terminal. Times are UTC. */
final class AlertPage {

    private static final String INDENT = "          ";

    private AlertPage() {}

    static List<String> lines(AlertBoard board) {
        var lines = new ArrayList<String>();
        board.alerts().forEach(alert -> lines.addAll(block(alert)));
        if (board.alerts().isEmpty()) {
            lines.add("no alerts");
        }
        board.silences().stream().map(AlertPage::line).forEach(lines::add);
        board.sinks().stream()
                .filter(AlertPage::isInTrouble)
                .map(AlertPage::line)
                .forEach(lines::add);
        return lines;
    }

    private static List<String> block(Alert alert) {
        var lines = new ArrayList<String>();
        lines.add(String.format("%-8s  %s %s  %s", alert.severity(), alert.kind(), about(alert), alert.id()));
        lines.add(INDENT + alert.because());
        lines.add(INDENT + state(alert));
        alert.acknowledged()
                .ifPresent(by -> lines.add(INDENT + "looked after by " + by.by() + " since " + second(by.at())
                        + (by.note().isEmpty() ? "" : ": " + by.note())));
        alert.silencedBy().ifPresent(silence -> lines.add(INDENT + "held back by silence " + silence));
        alert.proof().command().ifPresent(command -> lines.add(INDENT + command));
        return lines;
    }

    private static String state(Alert alert) {
        var seen = "seen " + alert.count() + (alert.count() == 1 ? " time" : " times");
        return alert.resolved()
                .map(over -> "over since " + second(over.at()) + ": " + over.because() + "; opened "
                        + second(alert.openedAt()) + ", " + seen)
                .orElseGet(() ->
                        "open since " + second(alert.openedAt()) + ", " + seen + ", last " + second(alert.lastSeen()));
    }

    /** What it is about, such as {@code climate-event at north}. */
    static String about(Alert alert) {
        var about = new ArrayList<String>();
        var subject = alert.subject();
        subject.model().ifPresent(model -> about.add(model.value()));
        subject.build().ifPresent(build -> about.add(build.shortHex()));
        subject.site().ifPresent(site -> about.add("at " + site));
        subject.gateway().ifPresent(gateway -> about.add("on " + gateway));
        return about.isEmpty() ? "of the fleet" : String.join(" ", about);
    }

    static String line(AlertSilence silence) {
        var what = new ArrayList<String>();
        silence.kind().ifPresent(kind -> what.add(kind.name()));
        silence.severity().ifPresent(severity -> what.add(severity.name()));
        silence.model().ifPresent(model -> what.add("of " + model));
        silence.site().ifPresent(site -> what.add("at " + site));
        return "silence " + silence.id() + " holds back " + (what.isEmpty() ? "all alerts" : String.join(" ", what))
                + " from " + second(silence.from()) + " until " + second(silence.until()) + ", by " + silence.by()
                + ": "
                + silence.reason();
    }

    private static boolean isInTrouble(SinkView sink) {
        return sink.problem().isPresent() || sink.undeliverable() > 0;
    }

    private static String line(SinkView sink) {
        return "sink " + sink.name() + ": "
                + sink.oldest()
                        .map(oldest -> sink.waiting() + " waiting since " + second(oldest))
                        .orElse("nothing waiting")
                + (sink.undeliverable() > 0 ? ", " + sink.undeliverable() + " undeliverable" : "")
                + sink.problem().map(problem -> "; " + problem).orElse("");
    }

    private static String second(Instant time) {
        return Utc.second(time);
    }
}
