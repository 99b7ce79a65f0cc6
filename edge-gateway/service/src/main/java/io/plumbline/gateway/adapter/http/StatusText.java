package io.plumbline.gateway.adapter.http;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.gateway.core.status.GatewayView;
import io.plumbline.gateway.core.status.Link;
import io.quarkus.qute.TemplateData;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the page says, in words; the template escapes it. */
@TemplateData
public record StatusText(
        String gateway,
        String site,
        String at,
        String headline,
        boolean well,
        Optional<String> disk,
        List<Figure> figures,
        List<Link> links,
        List<Stream> streams,
        List<Figure> deadLetters,
        List<Event> events) {

    private static final int DIGITS = 12;
    private static final double KIB = 1024;

    /** A number with its name. */
    @TemplateData
    public record Figure(String name, String value, String note) {}

    @TemplateData
    public record Stream(String name, String model, String build, String standing, boolean proven) {}

    /** @param trouble one word, if it is one */
    @TemplateData
    public record Event(String at, String what, Optional<String> trouble) {

        private static Event good(GatewayEvent event, String what) {
            return new Event(second(event.at()), what, Optional.empty());
        }

        private static Event bad(GatewayEvent event, String word, String what) {
            return new Event(second(event.at()), what, Optional.of(word));
        }
    }

    static StatusText of(GatewayView view) {
        var down = view.links().stream().filter(link -> !link.up()).count();
        return new StatusText(
                view.gateway().value(),
                view.site().value(),
                second(view.at()),
                headline(view, down),
                view.alive() && view.disk().isEmpty() && down == 0,
                view.disk(),
                figures(view),
                view.links(),
                view.streams().stream().map(StatusText::stream).toList(),
                view.deadLetters().entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                        .map(entry -> new Figure(words(entry.getKey()), number(entry.getValue()), ""))
                        .toList(),
                view.events().stream().map(StatusText::event).toList());
    }

    private static String headline(GatewayView view, long down) {
        if (!view.alive()) {
            return "Broken: restart it";
        }
        if (view.disk().isPresent()) {
            return "Taking nothing: the data folder cannot be written";
        }
        if (view.streams().isEmpty()) {
            return "Running nothing yet";
        }
        return down == 0 ? "Working" : "Working, " + down + (down == 1 ? " link is down" : " links are down");
    }

    private static List<Figure> figures(GatewayView view) {
        var counters = view.counters();
        var waiting = view.waiting();
        var figures = new ArrayList<>(List.of(
                new Figure("Readings per second", rate(view.readingsPerSecond()), "last 10 seconds"),
                new Figure("Results", number(counters.results()), "since the data folder was made"),
                new Figure("Dead letters", number(counters.deadLetters()), "refused, with a reason"),
                new Figure("Waiting for Kafka", number(waiting.records()), waiting(waiting)),
                new Figure(
                        "Generation",
                        view.generation() < 0 ? "none" : number(view.generation()),
                        "of the assignment in force")));
        counters.dropped()
                .ifPresent(dropped -> figures.add(
                        new Figure("Dropped", number(dropped), "frames passed over, messages without room")));
        return figures;
    }

    private static String waiting(GatewayView.Waiting waiting) {
        return waiting.records() == 0
                ? "nothing waits"
                : bytes(waiting.bytes()) + " on disk"
                        + waiting.age().map(age -> ", oldest " + duration(age)).orElse("");
    }

    private static Stream stream(GatewayView.Stream stream) {
        return new Stream(
                stream.stream().value(),
                stream.model().value(),
                digits(stream.build()),
                stream.proven() ? "proven" : "on trial",
                stream.proven());
    }

    private static Event event(GatewayEvent event) {
        if (event instanceof GatewayEvent.BuildActivated on) {
            return Event.good(on, on.stream() + " now runs build " + digits(on.build()) + rehearsed(on));
        }
        if (event instanceof GatewayEvent.BuildRefused no) {
            return Event.bad(no, "refused", no.stream() + " build " + digits(no.build()) + ": " + no.because());
        }
        if (event instanceof GatewayEvent.OutboxLost lost) {
            var what = number(lost.results()) + " results and " + number(lost.deadLetters()) + " dead letters";
            return Event.bad(lost, "lost", what + " left the full outbox before Kafka had them");
        }
        return Event.good(event, event instanceof GatewayEvent.Started ? "started" : "heartbeat");
    }

    private static String rehearsed(GatewayEvent.BuildActivated on) {
        return on.rehearsal()
                .map(score -> "; of " + number(score.inputs()) + " inputs it agreed with FP32 on "
                        + number(score.candidate()) + ", the build before on " + number(score.running()))
                .orElse("");
    }

    private static String digits(Digest build) {
        var text = build.value();
        return text.substring(text.indexOf(':') + 1).substring(0, DIGITS);
    }

    private static String words(String reason) {
        return reason.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String second(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", " UTC");
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String rate(double perSecond) {
        return String.format(Locale.ROOT, perSecond < 100 ? "%.1f" : "%,.0f", perSecond);
    }

    static String bytes(long bytes) {
        return bytes < KIB * KIB
                ? String.format(Locale.ROOT, "%.0f KiB", bytes / KIB)
                : String.format(Locale.ROOT, "%.1f MiB", bytes / KIB / KIB);
    }

    static String duration(Duration age) {
        if (age.compareTo(Duration.ofMinutes(2)) < 0) {
            return age.toSeconds() + " s";
        }
        return age.compareTo(Duration.ofHours(2)) < 0
                ? age.toMinutes() + " min"
                : age.toHours() + " h " + age.toMinutesPart() + " min";
    }
}
