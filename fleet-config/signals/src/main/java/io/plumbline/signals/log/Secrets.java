package io.plumbline.signals.log;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes what looks like a secret out of a text: names and passwords in addresses, values of {@code token=} and its like,
 * {@code Authorization} and web tokens. The last line of defence: nothing is logged in the hope that this finds it.
 */
final class Secrets {

    private static final String NAMES =
            "(?:access|refresh|join|id|bearer|auth)?[_-]?token|password|passwd|pwd|secret|api[_-]?key|private[_-]?key|signature|credentials?";

    private static final List<Pattern> SHAPES = List.of(
            Pattern.compile("(\\b[a-zA-Z][a-zA-Z0-9+.-]*://)[^/\\s?#]+(?=@)"),
            Pattern.compile("(?i)(\\b(?:" + NAMES + ")=)[^\\s&,;'\"]+"),
            Pattern.compile("(?i)([\"'](?:" + NAMES + ")[\"']\\s*:\\s*[\"'])[^\"']+"),
            Pattern.compile("(?i)(\\bauthorization\\s*[:=]\\s*(?:(?:bearer|basic)\\s+)?)(?!bearer\\b|basic\\b)\\S+"),
            Pattern.compile("(?i)(\\b(?:bearer|basic)\\s+)(?=\\S*[0-9=])\\S{8,}"),
            Pattern.compile("()\\beyJ[\\w-]+\\.[\\w-]+\\.[\\w-]*"));

    private Secrets() {}

    /** The same text, in which {@code ***} stands where a secret was. */
    static String masked(String text) {
        var masked = text;
        for (var shape : SHAPES) {
            masked = shape.matcher(masked).replaceAll("$1***");
        }
        return masked;
    }
}
