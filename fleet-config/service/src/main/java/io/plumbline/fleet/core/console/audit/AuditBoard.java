package io.plumbline.fleet.core.console.audit;

import io.plumbline.contract.declared.AuditEntry;
import io.plumbline.fleet.core.alert.AlertBook;
import io.plumbline.fleet.core.console.Paging;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Who did what. Pure.
 *
 * @param lines newest first
 */
public record AuditBoard(List<AuditLine> lines, Paging pages) {

    static final int LINES = 50;

    public AuditBoard {
        lines = List.copyOf(lines);
    }

    /**
     * @param entries of invitations, files, rollouts and silences
     * @param alerts what was said of them as long as they are remembered
     * @param page from 1
     */
    public static AuditBoard of(List<AuditEntry> entries, AlertBook alerts, int page) {
        var lines = Stream.of(
                        entries.stream().map(AuditLine::of),
                        alerts.entries().values().stream()
                                .map(entry -> AuditLine.of(entry.alert()))
                                .flatMap(Optional::stream))
                .flatMap(Function.identity())
                .sorted(Comparator.comparing(AuditLine::at).reversed())
                .toList();
        var pages = Paging.of(page, lines.size(), LINES);
        return new AuditBoard(pages.cut(lines), pages);
    }
}
