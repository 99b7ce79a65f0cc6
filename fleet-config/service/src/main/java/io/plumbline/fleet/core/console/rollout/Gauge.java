package io.plumbline.fleet.core.console.rollout;

import io.plumbline.contract.message.Evidence;
import io.plumbline.fleet.core.console.Tone;
import java.util.Locale;

/**
 * A test statistic against its limit: an interval that may be looked at at every moment. The candidate is proven where the whole interval lies
 * below the limit, and worse where it lies beyond.
 *
 * @param fact lower and upper are those of the loss; the threshold is the largest loss that is allowed
 */
public record Gauge(Evidence fact) {

    /** The scale goes from as many limits below nothing to as many above. */
    private static final double LIMITS = 4;

    private static final double WIDTH = 200;
    private static final double POINTS = 100;

    public Tone tone() {
        if (fact.lower() > fact.threshold()) {
            return Tone.BAD;
        }
        return fact.upper() < fact.threshold() ? Tone.GOOD : Tone.NEWS;
    }

    /** What it says. */
    public String word() {
        return switch (tone()) {
            case BAD -> "loses more than allowed";
            case GOOD -> "no such loss";
            default -> "not decided yet";
        };
    }

    /** The interval in points of agreement, with the limit. */
    public String words() {
        return String.format(
                Locale.ROOT,
                "%.2f points lost, from %.2f to %.2f; allowed %.2f; after %,d inputs",
                POINTS * fact.value(),
                POINTS * fact.lower(),
                POINTS * fact.upper(),
                POINTS * fact.threshold(),
                fact.samples());
    }

    /** Where the interval begins on a scale of 200. */
    public String from() {
        return text(place(fact.lower()));
    }

    /** How long it is there; never so short that it cannot be seen. */
    public String length() {
        return text(Math.max(2, place(fact.upper()) - place(fact.lower())));
    }

    /** The limit's place. */
    public String limit() {
        return text(place(fact.threshold()));
    }

    /** The estimate's place. */
    public String estimate() {
        return text(place(fact.value()));
    }

    /** Whether it goes on beyond the scale. */
    public boolean beyond() {
        return place(fact.lower()) == 0 || place(fact.upper()) == WIDTH;
    }

    private double place(double loss) {
        var span = LIMITS * fact.threshold();
        return WIDTH * Math.min(1, Math.max(0, (loss + span) / (2 * span)));
    }

    private static String text(double place) {
        return String.format(Locale.ROOT, "%.1f", place);
    }
}
