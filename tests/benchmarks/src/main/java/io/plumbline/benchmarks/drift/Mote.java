package io.plumbline.benchmarks.drift;

import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;

/** One simulated device: its readings, and what FP32 and INT8 make of them. Not thread-safe. */
final class Mote {

    static final int FEATURES = 2;

    private static final double DEVICE_OFFSET = 0.3;
    private static final double[] MEANS = {45, 20};
    private static final double[] DEVIATIONS = {2, 0.6};
    private static final double EVENT_STARTS = 1.0 / 240;
    private static final double EVENT_ENDS = 1.0 / 12;
    private static final double READINGS_PER_DAY = 17_280;
    /* Windows of neighbouring readings share all but one, so answers hold for a while. */
    private static final double NEW_ANSWER = 1.0 / 8;
    private static final int WINDOW = 16;
    private static final Set<Cause.Kind> WRONG =
            EnumSet.of(Cause.Kind.CONCEPT, Cause.Kind.CONCEPT_ON_MOVED_INPUTS, Cause.Kind.CONCEPT_OUT_OF_RANGE);
    private static final double FLIPS = 0.003;
    private static final double FOLLOWED_WHEN_CLIPPED = 0.28;

    private final SplittableRandom random;
    private final Climate climate;
    private final double keep;
    private final double[] offsets = new double[FEATURES];
    private final double[] noise = new double[FEATURES];
    private final double[] values = new double[FEATURES];
    private int sinceOutside = WINDOW;
    private boolean event;
    private double sureness;
    private double luck;

    /** @param offsets of the device against its site, drawn from this generator */
    Mote(Climate climate, SplittableRandom random, SplittableRandom offsets) {
        this.climate = climate;
        this.random = random;
        this.keep = Math.exp(-5.0 / climate.memory().toSeconds());
        for (int f = 0; f < FEATURES; f++) {
            this.offsets[f] = DEVICE_OFFSET * offsets.nextGaussian();
            noise[f] = random.nextGaussian();
        }
    }

    /** What one reading led to. */
    record Answer(String truth, String fp32, String int8, double score, boolean clipped) {}

    /**
     * The next reading.
     *
     * @param at readings since the start
     * @param progress of the cause, in [0, 1]
     */
    Answer next(long at, Cause cause, double progress, Ranges ranges) {
        var outside = false;
        for (int f = 0; f < FEATURES; f++) {
            noise[f] = keep * noise[f] + Math.sqrt(1 - keep * keep) * random.nextGaussian();
            var daily = climate.daily() * Math.sqrt(2) * Math.sin(2 * Math.PI * at / READINGS_PER_DAY);
            var touched = f < cause.features() ? progress : 0;
            var stretch = 1 + touched * (cause.stretch() - 1);
            var deviations = offsets[f] + daily + stretch * noise[f] + touched * cause.shift();
            values[f] = Math.round(10 * (MEANS[f] + DEVIATIONS[f] * deviations)) / 10.0;
            outside |= !ranges.holds(f, values[f]);
        }
        return answer(cause, progress, outside);
    }

    /** The next reading of a sensor that repeats this value in its first feature. */
    Answer stuck(double value, Cause cause, Ranges ranges) {
        values[0] = value;
        return answer(cause, 0, !ranges.holds(0, value));
    }

    /** Of the newest reading. */
    double value(int feature) {
        return values[feature];
    }

    private Answer answer(Cause cause, double progress, boolean outside) {
        sinceOutside = outside ? 0 : Math.min(WINDOW, sinceOutside + 1);
        var clipped = sinceOutside < WINDOW;
        var often = cause.kind() == Cause.Kind.CLASS_MIX && progress > 0 ? cause.size() : 1;
        event = event ? random.nextDouble() >= EVENT_ENDS : random.nextDouble() < often * EVENT_STARTS;
        if (random.nextDouble() < NEW_ANSWER || sureness == 0) {
            sureness = random.nextDouble();
            luck = random.nextDouble();
        }
        var score = score(cause, progress);
        var truth = event ? "event" : "normal";
        var fp32 = luck < right(cause, progress, score) ? truth : event ? "normal" : "event";
        return new Answer(truth, fp32, int8(fp32, clipped, cause, progress), score, clipped);
    }

    private double score(Cause cause, double progress) {
        var exponent = cause.kind() == Cause.Kind.DOUBT ? 8 - 7 * progress : 8;
        return 1 - 0.5 * Math.pow(sureness, exponent);
    }

    /** The model is a little too sure of itself. */
    private static double right(Cause cause, double progress, double score) {
        var usual = 0.5 + 0.96 * (score - 0.5);
        return WRONG.contains(cause.kind()) ? usual - progress * cause.size() : usual;
    }

    private String int8(String fp32, boolean clipped, Cause cause, double progress) {
        var leaves = cause.kind() == Cause.Kind.RUNTIME ? 0.6 * progress : 0;
        var isEvent = fp32.equals("event");
        var follows = isEvent && clipped ? FOLLOWED_WHEN_CLIPPED : isEvent ? 1 - leaves : 1;
        return random.nextDouble() < follows * (1 - FLIPS) ? fp32 : isEvent ? "normal" : "event";
    }
}
