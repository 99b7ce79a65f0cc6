package io.plumbline.cli.model;

import io.plumbline.cli.client.LineageClient;
import io.plumbline.cli.option.Day;
import io.plumbline.cli.option.RegistryAddress;
import io.plumbline.cli.option.Typed;
import io.plumbline.client.ClientException;
import io.plumbline.contract.artifact.Sighting;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline model ran}. */
@Command(
        name = "ran",
        mixinStandardHelpOptions = true,
        description =
                "Says what a gateway runs, ran at a moment, or ran on a day: plumbline model ran gw-north --on tuesday")
final class RanCommand implements Callable<Integer> {

    @Parameters(paramLabel = "GATEWAY", description = "The gateway.")
    private String gateway = "";

    @Option(
            names = "--at",
            paramLabel = "INSTANT",
            description = "The moment (default: now), such as 2026-11-22T06:00:00Z.")
    private Optional<Instant> at = Optional.empty();

    @Option(
            names = "--on",
            paramLabel = "DAY",
            description = "All of a day: 2026-11-17, today, yesterday, or the newest tuesday before today.")
    private Optional<String> on = Optional.empty();

    @Option(names = "--from", paramLabel = "INSTANT", description = "All since this moment, or until --to.")
    private Optional<Instant> from = Optional.empty();

    @Option(names = "--to", paramLabel = "INSTANT", description = "The end of it (default: now).")
    private Optional<Instant> to = Optional.empty();

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "Whose days --on means, such as Europe/Berlin (default: UTC, as all times here).")
    private ZoneId zone = ZoneOffset.UTC;

    @Mixin
    private RegistryAddress registry = new RegistryAddress();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws ClientException {
        requireOne();
        var client = new LineageClient(registry.server());
        var name = Typed.gateway(spec, gateway);
        var now = Clock.systemUTC().instant();
        var span = on.map(day -> day(day, now)).or(() -> between(now));
        var found = span.isPresent() ? client.between(name, span.get()) : client.at(name, at);
        registry.print(found, all -> page(all, span, now));
        return 0;
    }

    private static List<String> page(List<Sighting> found, Optional<LineageClient.Span> span, Instant now) {
        return Stream.concat(
                        span.stream().flatMap(asked -> LineagePage.told(found, asked, now).stream()),
                        LineagePage.sightings(found).stream())
                .toList();
    }

    private void requireOne() {
        var given =
                Stream.of(at, on, from.or(() -> to)).filter(Optional::isPresent).count();
        if (given > 1) {
            throw new ParameterException(
                    spec.commandLine(), "--at, --on, and --from with --to each name a time: give one of them");
        }
    }

    private LineageClient.Span day(String text, Instant now) {
        var today = LocalDate.ofInstant(now, zone);
        var day = Typed.checked(spec, text, word -> Day.of(word, today));
        return new LineageClient.Span(
                day.atStartOfDay(zone).toInstant(),
                day.plusDays(1).atStartOfDay(zone).toInstant());
    }

    private Optional<LineageClient.Span> between(Instant now) {
        return from.isEmpty() && to.isEmpty()
                ? Optional.empty()
                : Optional.of(new LineageClient.Span(from.orElse(Instant.EPOCH), to.orElse(now)));
    }
}
