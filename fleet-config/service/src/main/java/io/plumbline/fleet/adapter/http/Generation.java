package io.plumbline.fleet.adapter.http;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The ETag of an assignment. */
final class Generation {

    private static final Pattern TAG = Pattern.compile("(?:W/)?\"([0-9]{1,18})\"");

    private Generation() {}

    /** The generation that a reader has; -1 if it has none, or something that is none of ours. */
    static long of(@Nullable String tag) {
        if (tag == null) {
            return -1;
        }
        var match = TAG.matcher(tag.strip());
        return match.matches() ? Long.parseLong(match.group(1)) : -1;
    }
}
