package io.plumbline.fleet.core.console.results;

import io.plumbline.contract.message.InferenceResult;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is written below a strip, and where its build changed. A strip has a place for each result and the newest at its right edge; how
 * much time lies between two is said by the times, not by their distance. Pure.
 */
final class StripAxis {

    /** Where the words of the newest begin, and how far those of the oldest, with a day, may reach. */
    private static final int LAST = 240;

    private static final int LONGEST = 96;

    private static final DateTimeFormatter CLOCK = words("HH:mm:ss");
    private static final DateTimeFormatter DAY = words("d MMM, HH:mm:ss");

    private final List<InferenceResult> results;
    private final int first;
    private final int step;

    /**
     * @param results the oldest first; at least one
     * @param places how many results the strip has room for
     * @param step from one to the next, in units of the drawing
     */
    StripAxis(List<InferenceResult> results, int places, int step) {
        this.results = results;
        this.first = (places - results.size()) * step;
        this.step = step;
    }

    /** The left edge of a result's bar. */
    int x(int index) {
        return first + index * step;
    }

    /** When the oldest was read, one in the middle and the newest; of few results the newest alone. */
    List<LiveBoard.Tick> times() {
        var times = new ArrayList<LiveBoard.Tick>();
        var last = results.size() - 1;
        if (first + LONGEST <= LAST && last > 0) {
            times.add(new LiveBoard.Tick(String.valueOf(first), from(), ""));
        }
        var middle = results.size() / 2;
        if (first == 0 && isOneDay() && last > 1) {
            times.add(new LiveBoard.Tick(centre(middle), CLOCK.format(at(middle)), "middle"));
        }
        times.add(new LiveBoard.Tick(String.valueOf(x(last) + step), CLOCK.format(at(last)) + " UTC", "end"));
        return times;
    }

    /** Where a result is of another build than the one before. */
    List<LiveBoard.Turn> turns() {
        var turns = new ArrayList<LiveBoard.Turn>();
        for (int i = 1; i < results.size(); i++) {
            var build = results.get(i).build();
            if (!build.equals(results.get(i - 1).build())) {
                turns.add(new LiveBoard.Turn(
                        String.format(Locale.ROOT, "%.1f", x(i) - 0.5),
                        "build " + build.shortHex() + " since " + CLOCK.format(at(i))));
            }
        }
        return turns;
    }

    String words() {
        var last = results.size() - 1;
        var span = last == 0
                ? "read at " + DAY.format(at(0)) + " UTC"
                : "read from " + from() + " to " + CLOCK.format(at(last)) + " UTC";
        return Stream.concat(Stream.of(span), turns().stream().map(LiveBoard.Turn::words))
                .collect(Collectors.joining("; "));
    }

    private String from() {
        return (isOneDay() ? CLOCK : DAY).format(at(0));
    }

    private boolean isOneDay() {
        return day(at(0)) == day(at(results.size() - 1));
    }

    private static long day(Instant at) {
        return at.atZone(ZoneOffset.UTC).toLocalDate().toEpochDay();
    }

    private Instant at(int index) {
        return results.get(index).eventTime();
    }

    private String centre(int index) {
        return String.valueOf(x(index) + step / 2);
    }

    private static DateTimeFormatter words(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
    }
}
