package io.plumbline.cli.gateway;

import io.plumbline.cli.option.FleetAddress;
import io.plumbline.cli.show.Listed;
import io.plumbline.cli.show.Repeat;
import io.plumbline.cli.show.Utc;
import io.plumbline.cli.tool.Table;
import io.plumbline.client.ClientException;
import io.plumbline.contract.enrolment.EnrolmentBook;
import io.plumbline.contract.id.SiteId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code plumbline gateway list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the gateways that came by invitation, and the invitations that are open. "
                + "All gateways of the fleet: plumbline get gateways.")
final class ListCommand implements Callable<Integer> {

    @Mixin
    private FleetAddress fleet = new FleetAddress();

    @Mixin
    private Repeat repeat = new Repeat();

    @Override
    public Integer call() throws ClientException, InterruptedException {
        return repeat.print(fleet.json(), this::listed);
    }

    private Listed listed() throws ClientException {
        var book = fleet.enrolments().book();
        return new Listed(book, () -> lines(book));
    }

    static List<String> lines(EnrolmentBook book) {
        var table = new Table("GATEWAY", "SITE", "ENROLLED", "STATE", "LABELS").left(1, 2, 3, 4);
        book.gateways()
                .forEach(one -> table.row(
                        one.gateway().value(),
                        one.site().value(),
                        Utc.second(one.enrolled()),
                        one.removed().map(at -> "removed " + Utc.second(at)).orElse("in the fleet"),
                        labels(one.labels())));
        book.invitations()
                .forEach(one -> table.row(
                        "(invited" + (one.author().isEmpty() ? "" : " by " + one.author()) + ")",
                        one.site().map(SiteId::value).orElse("any"),
                        "-",
                        "open until " + Utc.second(one.expires()),
                        labels(one.labels())));
        return table.lines();
    }

    private static String labels(Map<String, String> labels) {
        return labels.isEmpty()
                ? "-"
                : labels.entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .collect(Collectors.joining(" "));
    }
}
