package io.plumbline.cli.option;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code 30m}, {@code 2h}, {@code 14d}, {@code 1h30m} or ISO-8601; longer than nothing and at most 100 years. Thread-safe. */
public final class TimeSpan implements ITypeConverter<Duration> {

    private static final Duration LONGEST = Duration.ofDays(36_500);

    @Override
    public Duration convert(String text) {
        var upper = text.toUpperCase(Locale.ROOT);
        var iso = upper.startsWith("P") ? upper : upper.endsWith("D") ? "P" + upper : "PT" + upper;
        try {
            var span = Duration.parse(iso);
            if (span.compareTo(Duration.ZERO) > 0 && span.compareTo(LONGEST) <= 0) {
                return span;
            }
        } catch (DateTimeParseException e) {
            throw wrong(text);
        }
        throw wrong(text);
    }

    private static TypeConversionException wrong(String text) {
        return new TypeConversionException("'" + text + "' must be a time such as 30m, 2h or 14d, at most 36500d");
    }
}
