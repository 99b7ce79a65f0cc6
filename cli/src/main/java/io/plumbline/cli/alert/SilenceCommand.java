package io.plumbline.cli.alert;

import io.plumbline.cli.client.FleetClient.WantedSilence;
import io.plumbline.cli.option.Asker;
import io.plumbline.cli.option.FleetAddress;
import io.plumbline.cli.option.TimeSpan;
import io.plumbline.client.ClientException;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.AlertKind;
import io.plumbline.contract.message.AlertSeverity;
import io.plumbline.contract.wire.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plumbline alerts silence}. */
@Command(
        name = "silence",
        mixinStandardHelpOptions = true,
        description =
                "Holds alerts back for a time: those that have everything that is named here. What is still open is "
                        + "told when the silence ends.")
final class SilenceCommand implements Callable<Integer> {

    @Option(names = "--model", paramLabel = "MODEL", description = "Of this model.", converter = Names.Models.class)
    private Optional<ModelName> model = Optional.empty();

    @Option(names = "--site", paramLabel = "SITE", description = "Of this site.", converter = Names.Sites.class)
    private Optional<SiteId> site = Optional.empty();

    @Option(names = "--kind", paramLabel = "KIND", description = "Of this kind: ${COMPLETION-CANDIDATES}.")
    private Optional<AlertKind> kind = Optional.empty();

    @Option(names = "--severity", paramLabel = "SEVERITY", description = "Of this severity: ${COMPLETION-CANDIDATES}.")
    private Optional<AlertSeverity> severity = Optional.empty();

    @Option(
            names = "--for",
            paramLabel = "TIME",
            required = true,
            converter = TimeSpan.class,
            description = "How long, such as 30m, 2h or 1d.")
    private Duration lasting = Duration.ZERO;

    @Option(
            names = "--from",
            paramLabel = "INSTANT",
            description = "When it begins (default: now), such as 2026-11-22T06:00:00Z.")
    private Optional<Instant> from = Optional.empty();

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why.")
    private String reason = "";

    @Mixin
    private Asker asker = new Asker();

    @Mixin
    private FleetAddress fleet = new FleetAddress();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws ClientException {
        var silence = fleet.client()
                .silence(new WantedSilence(model, site, kind, severity, from, lasting, asker.name(), reason));
        var out = spec.commandLine().getOut();
        out.println(fleet.json() ? Json.pretty(silence) : AlertPage.line(silence));
        out.flush();
        return 0;
    }
}
