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

    /** From the first measurement until now: how long nothing came is seen at its end. Empty if nothing was measured. */
    public static Optional<Span> of(List<Track> tracks, Instant now) {
        return tracks.stream()
                .flatMap(track -> track.dots().stream())
                .map(Dot::at)
                .min(Comparator.naturalOrder())
                .map(from -> new Span(from, now.isBefore(from.plus(LEAST)) ? from.plus(LEAST) : now));
    }

    /** The last hours of it. */
    public Span last(int hours) {
        return new Span(to.minus(Duration.ofHours(hours)), to);
    }

    /** What it has of so many hours around a moment, half of them before; all of these hours where it does not have the moment. */
    public Span around(Instant at, int hours) {
        var half = Duration.ofHours(hours).dividedBy(2);
        var all = new Span(at.minus(half), at.plus(half));
        var begin = all.from.isBefore(from) ? from : all.from;
        var end = all.to.isAfter(to) ? to : all.to;
        return covers(at) && begin.isBefore(end) ? new Span(begin, end) : all;
    }

    /** Whether it goes back further than so many hours. */
    public boolean isLongerThan(int hours) {
        return from.isBefore(to.minus(Duration.ofHours(hours)));
    }

    /** Of these tracks what was measured in it; none that has nothing left. */
    public List<Track> cut(List<Track> tracks) {
        return tracks.stream()
                .map(track -> new Track(
                        track.measure(),
                        track.subject(),
                        track.dots().stream().filter(dot -> covers(dot.at())).toList()))
                .filter(track -> !track.dots().isEmpty())
                .toList();
    }

    public boolean covers(Instant at) {
        return !at.isBefore(from) && !at.isAfter(to);
    }

    Duration length() {
        return Duration.between(from, to);
    }

    /** How far into it, from 0 to 1. */
    double share(Instant at) {
        return (double) Duration.between(from, at).toMillis()
                / Duration.between(from, to).toMillis();
    }
}
