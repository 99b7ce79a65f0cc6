package io.plumbline.fleet.core.console.alert;

import io.plumbline.contract.fleet.AlertBoard.SinkView;
import io.plumbline.contract.fleet.AlertSilence;
import io.plumbline.contract.message.Alert;
import io.plumbline.contract.message.AlertKind;
import io.plumbline.contract.message.AlertSeverity;
import io.plumbline.fleet.core.alert.AlertBook;
import io.plumbline.fleet.core.console.Paging;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Alerts, silences and how the telling goes. Pure: of one moment.
 *
 * @param open how many are not over
 * @param lines open ones first, then by severity, then the newest
 * @param silences the one that ends first at the top
 * @param sinks where alerts are told; empty if that is not known
 */
public record AlertsBoard(
        long open, List<AlertLine> lines, Paging pages, List<AlertSilence> silences, List<SinkView> sinks) {

    static final int LINES = 20;
    static final int SILENCES = 20;

    private static final Comparator<Alert> FIRST_TO_SEE = Comparator.comparing(Alert::open)
            .thenComparing(Alert::severity)
            .thenComparing(Alert::lastSeen)
            .thenComparing(Alert::id)
            .reversed();

    public AlertsBoard {
        lines = List.copyOf(lines);
        silences = List.copyOf(silences);
        sinks = List.copyOf(sinks);
    }

    /** @param page from 1 */
    public static AlertsBoard of(AlertBook book, List<SinkView> sinks, Instant now, int page) {
        var all = book.entries().values().stream()
                .map(AlertBook.Entry::alert)
                .sorted(FIRST_TO_SEE)
                .toList();
        var open = all.stream().filter(Alert::open).toList();
        var pages = Paging.of(page, all.size(), LINES);
        return new AlertsBoard(
                open.size(),
                pages.cut(all).stream()
                        .map(alert -> new AlertLine(
                                alert, open.stream().filter(like(alert)).count()))
                        .toList(),
                pages,
                book.silences().values().stream()
                        .filter(silence -> now.isBefore(silence.until()))
                        .sorted(Comparator.comparing(AlertSilence::until).thenComparing(AlertSilence::id))
                        .limit(SILENCES)
                        .toList(),
                sinks);
    }

    private static Predicate<Alert> like(Alert alert) {
        return other -> other.kind() == alert.kind()
                && other.subject().model().equals(alert.subject().model())
                && other.subject().site().equals(alert.subject().site());
    }

    /** To choose from. */
    public List<AlertKind> kinds() {
        return List.of(AlertKind.values());
    }

    /** To choose from. */
    public List<AlertSeverity> severities() {
        return List.of(AlertSeverity.values());
    }
}
