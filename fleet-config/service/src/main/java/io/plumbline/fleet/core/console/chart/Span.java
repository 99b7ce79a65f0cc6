package io.plumbline.fleet.core.console.chart;

import io.plumbline.fleet.core.history.Dot;
import io.plumbline.fleet.core.history.Track;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The stretch of time that all charts of a page share; its end is later than its beginning. */
public record Span(Instant from, Instant to) {

    private static final Duration LEAST = Duration.ofSeconds(10);

    /** All that was measured; empty if nothing was. */
    public static Optional<Span> of(List<Track> tracks) {
        var times = tracks.stream()
                .flatMap(track -> track.dots().stream())
                .map(Dot::at)
                .toList();
        return times.stream().min(Comparator.naturalOrder()).map(from -> {
            var to = times.stream().max(Comparator.naturalOrder()).orElse(from);
            return new Span(from, to.isBefore(from.plus(LEAST)) ? from.plus(LEAST) : to);
        });
    }

    public boolean covers(Instant at) {
        return !at.isBefore(from) && !at.isAfter(to);
    }

    /** How far into it, from 0 to 1. */
    double share(Instant at) {
        return (double) Duration.between(from, at).toMillis()
                / Duration.between(from, to).toMillis();
    }
}
