package io.plumbline.cli.demo;

import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations as people write them: 90s, 5m. */
final class WallTime implements ITypeConverter<Duration> {

    private static final Pattern SHORT = Pattern.compile("(\\d{1,6})([sm])");

    @Override
    public Duration convert(String text) {
        var match = SHORT.matcher(text);
        if (match.matches()) {
            var number = Long.parseLong(match.group(1));
            return match.group(2).equals("s") ? Duration.ofSeconds(number) : Duration.ofMinutes(number);
        }
        throw new TypeConversionException("'" + text + "' must be a number of seconds or minutes, such as 300s or 5m");
    }
}
