package io.plumbline.fleet.core.console;

import java.util.Locale;

/** How a word is set: never the only sign of what it means. */
public enum Tone {
    PLAIN,
    GOOD,
    NEWS,
    WARN,
    BAD;

    /** As the style sheet names it. */
    public String css() {
        return name().toLowerCase(Locale.ROOT);
    }
}
