package io.plumbline.fleet.core.console;

import java.util.Locale;

/** How a gateway does, the worst first. */
public enum Condition {
    /** It has said nothing for longer than it may. */
    SILENT(Tone.BAD),
    /** It speaks, but something about it is wrong. */
    DEGRADED(Tone.WARN),
    /** Not yet on what it should have. */
    BEHIND(Tone.NEWS),
    FINE(Tone.GOOD);

    private final Tone tone;

    Condition(Tone tone) {
        this.tone = tone;
    }

    public Tone tone() {
        return tone;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
