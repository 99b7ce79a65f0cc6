package io.plumbline.cli.verdict;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code 14d}, {@code 12h} or {@code 30m}. */
final class Days implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String text) {
        try {
            var upper = text.toUpperCase(Locale.ROOT);
            var length = Duration.parse(upper.endsWith("D") ? "P" + upper : "PT" + upper);
            if (length.compareTo(Duration.ofMinutes(1)) >= 0) {
                return length;
            }
        } catch (DateTimeParseException | ArithmeticException e) {
            throw wrong(text);
        }
        throw wrong(text);
    }

    private static TypeConversionException wrong(String text) {
        return new TypeConversionException("'" + text + "' must be days, hours or minutes, such as 14d, 12h or 30m");
    }
}
