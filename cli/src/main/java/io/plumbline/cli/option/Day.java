package io.plumbline.cli.option;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Days as people name them. Thread-safe. */
public final class Day {

    private Day() {}

    /**
     * The day that is meant: {@code 2026-11-17}, {@code today}, {@code yesterday}, or a weekday such as {@code tuesday} or {@code last tuesday},
     * which is the newest one before today.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    public static LocalDate of(String text, LocalDate today) {
        var word = text.strip().toLowerCase(Locale.ROOT);
        if (word.equals("today")) {
            return today;
        }
        if (word.equals("yesterday")) {
            return today.minusDays(1);
        }
        return weekday(word.startsWith("last ") ? word.substring("last ".length()) : word)
                .map(day -> today.with(TemporalAdjusters.previous(day)))
                .orElseGet(() -> date(text, word));
    }

    private static Optional<DayOfWeek> weekday(String word) {
        return Arrays.stream(DayOfWeek.values())
                .filter(day -> day.name().toLowerCase(Locale.ROOT).equals(word.strip()))
                .findFirst();
    }

    private static LocalDate date(String text, String word) {
        try {
            return LocalDate.parse(word);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' must be a day such as 2026-11-17, yesterday or tuesday", e);
        }
    }
}
