package io.plumbline.cli.verdict;

import io.plumbline.cli.tool.Table;
import io.plumbline.contract.message.VerdictEvent;
import java.util.List;

/** Verdicts, one a line. */
final class VerdictList {

    private VerdictList() {}

    static List<String> lines(List<VerdictEvent> verdicts) {
        if (verdicts.isEmpty()) {
            return List.of("no verdict changed");
        }
        var table = new Table("since (UTC)", "model", "site", "build", "id", "verdict").left(1, 2, 3, 4, 5);
        verdicts.forEach(event -> table.row(
                Words.minute(event.at()),
                event.cohort().model().value(),
                event.cohort().site().value(),
                event.cohort().build().shortHex(),
                event.id(),
                event.verdict().name()));
        return table.lines();
    }
}
