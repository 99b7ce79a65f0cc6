package io.plumbline.signals.log;

import java.util.EnumMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * From a template and its arguments to fields. {@code %s} takes the next argument and {@code {0}} the one of that number; either
 * becomes a field where a word of the dictionary and {@code =} stand right before it. The first words with hyphens are the event.
 */
final class LogTemplate {

    private static final Pattern EVENT = Pattern.compile("^([a-z]+(?:-[a-z]+)*)(?: |$)");
    private static final Pattern HOLE =
            Pattern.compile("(?:(\\w+)=)?(?:%%|%n|%[-#+0,( ]*\\d*(?:\\.\\d+)?[a-zA-Z]|\\{(\\d+)})");
    private static final Pattern WRITTEN = Pattern.compile("\\b(?:(reason)=(.*)|(\\w+)=(\\S+))", Pattern.DOTALL);

    private LogTemplate() {}

    /** @param arguments null where a line was written as a whole: then what follows {@code key=} is read from it, to the next space */
    static Map<LogKey, String> fields(String template, @Nullable Object @Nullable [] arguments) {
        var fields = new EnumMap<LogKey, String>(LogKey.class);
        var event = EVENT.matcher(template);
        if (event.find()) {
            fields.put(LogKey.EVENT, event.group(1));
        }
        if (arguments == null || arguments.length == 0) {
            WRITTEN.matcher(template).results().forEach(found -> written(fields, found));
        } else {
            filled(fields, template, arguments);
        }
        return fields;
    }

    private static void written(Map<LogKey, String> fields, MatchResult found) {
        var reason = found.group(1) != null;
        LogKey.of(found.group(reason ? 1 : 3)).ifPresent(key -> fields.put(key, found.group(reason ? 2 : 4)));
    }

    private static void filled(Map<LogKey, String> fields, String template, @Nullable Object[] arguments) {
        var holes = HOLE.matcher(template);
        int next = 0;
        while (holes.find()) {
            var numbered = holes.group(2);
            var text = holes.group();
            if (numbered == null && (text.endsWith("%%") || text.endsWith("%n"))) {
                continue;
            }
            int index = numbered == null ? next++ : Integer.parseInt(numbered);
            if (holes.group(1) != null && index < arguments.length) {
                var value = String.valueOf(arguments[index]);
                LogKey.of(holes.group(1)).ifPresent(key -> fields.put(key, value));
            }
        }
    }
}
