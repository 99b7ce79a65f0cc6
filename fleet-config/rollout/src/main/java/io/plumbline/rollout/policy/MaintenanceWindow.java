package io.plumbline.rollout.policy;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Hours in which gateways may be told. A window whose end is not after its start goes on into the next day.
 *
 * @param first day on which it begins
 * @param last last day of the week on which it begins; before the first, over the week's end
 * @param from inclusive
 * @param to exclusive
 * @param zone whose clock that is
 */
public record MaintenanceWindow(DayOfWeek first, DayOfWeek last, LocalTime from, LocalTime to, ZoneId zone) {

    private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
    private static final Pattern FORM =
            Pattern.compile("(?:(\\w{3})(?:-(\\w{3}))? )?(\\d{2}:\\d{2})-(\\d{2}:\\d{2})(?: ([\\w/+-]+))?");

    /**
     * {@code Mon-Fri 22:00-04:00 Europe/Berlin}; every day and UTC if left out.
     *
     * @throws IllegalArgumentException with value and rule
     */
    public static MaintenanceWindow parse(String text) {
        var match = FORM.matcher(text.strip());
        if (match.matches()) {
            try {
                return of(match);
            } catch (DateTimeException e) {
                throw broken(text, e);
            }
        }
        throw broken(text, null);
    }

    private static MaintenanceWindow of(Matcher match) {
        var first = match.group(1) == null ? DayOfWeek.MONDAY : day(match.group(1));
        var last = match.group(1) == null ? DayOfWeek.SUNDAY : match.group(2) == null ? first : day(match.group(2));
        var zone = ZoneId.of(match.group(5) == null ? "UTC" : match.group(5));
        return new MaintenanceWindow(
                first, last, LocalTime.parse(match.group(3)), LocalTime.parse(match.group(4)), zone);
    }

    private static IllegalArgumentException broken(String text, @org.jspecify.annotations.Nullable Exception cause) {
        return new IllegalArgumentException(
                "'" + text + "' must be hours like 22:00-04:00, or Mon-Fri 22:00-04:00 Europe/Berlin", cause);
    }

    private static DayOfWeek day(String name) {
        var known = name.substring(0, 1).toUpperCase(Locale.ROOT)
                + name.substring(1).toLowerCase(Locale.ROOT);
        var index = DAYS.indexOf(known);
        if (index < 0) {
            throw new DateTimeException(name);
        }
        return DayOfWeek.of(index + 1);
    }

    /** Whether it is open. */
    public boolean contains(Instant now) {
        var here = now.atZone(zone);
        var time = here.toLocalTime();
        var today = begins(here.getDayOfWeek());
        if (from.isBefore(to)) {
            return today && !time.isBefore(from) && time.isBefore(to);
        }
        return (today && !time.isBefore(from)) || (begins(here.getDayOfWeek().minus(1)) && time.isBefore(to));
    }

    /** When it opens next after now, whether it is open or not. */
    Instant opens(Instant now) {
        var today = now.atZone(zone).toLocalDate();
        return IntStream.rangeClosed(0, DAYS.size())
                .mapToObj(today::plusDays)
                .filter(date -> begins(date.getDayOfWeek()))
                .map(date -> date.atTime(from).atZone(zone).toInstant())
                .filter(start -> start.isAfter(now))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a window that never opens is a bug: " + this));
    }

    private boolean begins(DayOfWeek day) {
        var length = Math.floorMod(last.getValue() - first.getValue(), DAYS.size());
        return IntStream.rangeClosed(0, length).anyMatch(after -> first.plus(after) == day);
    }

    @Override
    public String toString() {
        var days = Arrays.asList(DAYS.get(first.getValue() - 1), DAYS.get(last.getValue() - 1));
        return String.join("-", days) + " " + from + "-" + to + " " + zone;
    }
}
