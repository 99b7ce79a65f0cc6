package io.plumbline.fleet.core.live;

import java.util.Locale;

/** A part of the picture that pages show. */
public enum Part {
    GATEWAYS,
    HEALTH,
    VERDICTS,
    RECALIBRATIONS,
    ROLLOUTS,
    ALERTS,
    FLEET,
    RESULTS;

    /** As pages name it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
