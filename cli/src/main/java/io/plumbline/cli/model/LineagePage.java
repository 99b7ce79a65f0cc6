package io.plumbline.cli.model;

import io.plumbline.cli.client.LineageClient;
import io.plumbline.cli.show.Utc;
import io.plumbline.contract.artifact.ModelView;
import io.plumbline.contract.artifact.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Lineage for people at a terminal. Times are UTC. */
final class LineagePage {

    private static final String RAN = "%-16s  %-12s  %-16s  %-24s  %-12s  %-19s  %s";
    private static final String MADE = "%-24s  %-12s  %-12s  %-24s  %s";

    /** The registry notes that a build goes on every five minutes; twice that is a gap. */
    private static final Duration NOTED_EVERY = Duration.ofMinutes(10);

    private LineagePage() {}

    static List<String> sightings(List<Sighting> all) {
        if (all.isEmpty()) {
            return List.of("nothing was heard of it");
        }
        var lines = new ArrayList<String>();
        lines.add(String.format(RAN, "GATEWAY", "SITE", "STREAM", "MODEL", "BUILD", "SINCE", "UNTIL"));
        for (var one : all) {
            lines.add(String.format(
                    RAN,
                    one.gateway(),
                    one.site(),
                    one.stream(),
                    one.model(),
                    one.build().shortHex(),
                    Utc.second(one.from()),
                    one.current() ? "runs, last noted " + Utc.second(one.until()) : Utc.second(one.until())));
        }
        return lines;
    }

    /** What was asked for, and when within it nothing was heard. Shorter gaps than notes are apart are none. */
    static List<String> told(List<Sighting> all, LineageClient.Span span, Instant now) {
        var lines = new ArrayList<String>();
        var from = span.from().equals(Instant.EPOCH) ? "the beginning" : Utc.second(span.from());
        lines.add("from " + from + " to " + Utc.second(span.to()) + " UTC:");
        if (all.isEmpty()) {
            return lines;
        }
        var ordered = all.stream().sorted(Comparator.comparing(Sighting::from)).toList();
        var end = span.to().isBefore(now) ? span.to() : now;
        var heard = span.from().equals(Instant.EPOCH) ? ordered.get(0).from() : span.from();
        for (var one : ordered) {
            gap(heard, one.from()).ifPresent(lines::add);
            heard = one.until().isAfter(heard) ? one.until() : heard;
        }
        gap(heard, end).ifPresent(lines::add);
        return lines;
    }

    private static Optional<String> gap(Instant from, Instant to) {
        return from.plus(NOTED_EVERY).isBefore(to)
                ? Optional.of("nothing was heard of it from " + Utc.second(from) + " to " + Utc.second(to))
                : Optional.empty();
    }

    static List<String> builds(List<ModelView.Build> all) {
        if (all.isEmpty()) {
            return List.of("no build was made from it");
        }
        var lines = new ArrayList<String>();
        lines.add(String.format(MADE, "MODEL", "BUILD", "PARENT", "RECIPE", "MADE"));
        for (var one : all) {
            var card = one.card();
            lines.add(String.format(
                    MADE,
                    card.model(),
                    one.manifest().shortHex(),
                    card.parent().map(parent -> parent.shortHex()).orElse("-"),
                    card.recipe(),
                    Utc.second(card.createdAt())));
        }
        return lines;
    }
}
