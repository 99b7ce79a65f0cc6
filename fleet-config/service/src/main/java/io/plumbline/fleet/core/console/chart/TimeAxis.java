package io.plumbline.fleet.core.console.chart;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is written on the axis of time (UTC): the day and time of its beginning, round times, each new day, and its end. Pure. */
final class TimeAxis {

    private static final int MOST = 6;
    private static final Duration SHORT = Duration.ofMinutes(10);
    private static final List<Duration> STEPS = List.of(
            Duration.ofMinutes(2),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(6),
            Duration.ofHours(12),
            Duration.ofDays(1),
            Duration.ofDays(7));

    /** What the words of the beginning and of the end need, in units of the drawing. */
    private static final int BEGINNING = 130;

    private static final int END = 90;

    private static final DateTimeFormatter DAY = words("d MMM");
    private static final DateTimeFormatter MINUTE = words("HH:mm");
    private static final DateTimeFormatter SECOND = words("HH:mm:ss");

    private TimeAxis() {}

    static List<Chart.Time> of(Span span) {
        var clock = span.length().compareTo(SHORT) < 0 ? SECOND : MINUTE;
        var times = new ArrayList<Chart.Time>();
        times.add(new Chart.Time(
                DAY.format(span.from()) + ", " + clock.format(span.from()), Plot.coordinate(Chart.LEFT), ""));
        round(span).forEach(at -> {
            var x = Plot.x(span.share(at));
            if (x > Chart.LEFT + BEGINNING && x < Chart.WIDTH - Chart.RIGHT - END) {
                times.add(new Chart.Time(words(at), Plot.coordinate(x), "middle"));
            }
        });
        times.add(new Chart.Time(clock.format(span.to()) + " UTC", Plot.coordinate(Chart.WIDTH - Chart.RIGHT), "end"));
        return times;
    }

    private static List<Instant> round(Span span) {
        var step = STEPS.stream()
                .filter(one -> span.length().dividedBy(one) <= MOST)
                .findFirst()
                .orElse(STEPS.get(STEPS.size() - 1));
        var times = new ArrayList<Instant>();
        var at = span.from().truncatedTo(ChronoUnit.DAYS);
        if (span.length().compareTo(Duration.ofDays(1)) < 0) {
            at = at.plus(step.multipliedBy(Duration.between(at, span.from()).dividedBy(step)));
        }
        for (; !at.isAfter(span.to()); at = at.plus(step)) {
            if (at.isAfter(span.from())) {
                times.add(at);
            }
        }
        return times;
    }

    /** A new day is named, a time is not with its day. */
    private static String words(Instant at) {
        var isMidnight =
                ZonedDateTime.ofInstant(at, ZoneOffset.UTC).toLocalTime().toSecondOfDay() == 0;
        return (isMidnight ? DAY : MINUTE).format(at);
    }

    private static DateTimeFormatter words(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
    }
}
