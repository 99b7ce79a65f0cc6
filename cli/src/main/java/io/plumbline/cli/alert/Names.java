package io.plumbline.cli.alert;

import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Names and times as people type them. */
final class Names {

    private Names() {}

    private static <T> T checked(String text, Function<String, T> parse) {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }

    static final class Models implements ITypeConverter<ModelName> {
        @Override
        public ModelName convert(String text) {
            return checked(text, ModelName::new);
        }
    }

    static final class Sites implements ITypeConverter<SiteId> {
        @Override
        public SiteId convert(String text) {
            return checked(text, SiteId::new);
        }
    }

    /** {@code 30m}, {@code 2h}, {@code 1d}, {@code 1h30m} or ISO-8601. */
    static final class Times implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            var upper = text.toUpperCase(Locale.ROOT);
            var iso = upper.startsWith("P") ? upper : upper.endsWith("D") ? "P" + upper : "PT" + upper;
            try {
                var time = Duration.parse(iso);
                if (time.toMillis() > 0) {
                    return time;
                }
            } catch (DateTimeParseException e) {
                throw new TypeConversionException("'" + text + "' must be a time such as 30m, 2h or 1d");
            }
            throw new TypeConversionException("'" + text + "' must be longer than nothing");
        }
    }
}
