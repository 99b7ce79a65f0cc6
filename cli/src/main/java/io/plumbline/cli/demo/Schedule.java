package io.plumbline.cli.demo;

import io.plumbline.cli.climate.ClimateReadings.Mote;
import io.plumbline.cli.climate.Stretch;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * When which turn plays, and how fast.
 *
 * @param speed device seconds per wall second
 * @param begin device time of the first reading
 */
record Schedule(int turns, double speed, Instant begin) {

    /** Four hours: the events lie in the fourth. */
    static final int READINGS = 2880;
    /** Longer than a reservoir remembers, so that a season is forgotten before the next begins. */
    private static final Duration PAUSE = Duration.ofHours(2);

    private static final double SLOWEST = 150;
    private static final double FASTEST = 400;
    /** For starting; what the start really took is known later. */
    static final Duration START_ALLOWANCE = Duration.ofSeconds(25);

    private static final Duration RESERVE = START_ALLOWANCE.plusSeconds(15);
    private static final Duration RESERVE_PER_TURN = Duration.ofSeconds(4);

    /** @throws IllegalArgumentException if the turns do not fit, with the shortest duration that would do */
    static Schedule of(int turns, Duration duration, Instant now) {
        if (turns < 1) {
            throw new IllegalArgumentException("--turns " + turns + " must be at least 1");
        }
        var overhead = RESERVE.plus(RESERVE_PER_TURN.multipliedBy(turns));
        var stretch = Stretch.INTERVAL.multipliedBy(READINGS);
        var left = duration.minus(overhead);
        var needed = left.isNegative() || left.isZero()
                ? Double.POSITIVE_INFINITY
                : (double) stretch.multipliedBy(turns).toMillis() / left.toMillis();
        if (needed > FASTEST) {
            var shortest =
                    overhead.plusMillis((long) (stretch.multipliedBy(turns).toMillis() / FASTEST));
            throw new IllegalArgumentException("--duration " + duration.toSeconds() + "s is too short for " + turns
                    + " turns: at least " + (shortest.toSeconds() + 1) + "s are needed");
        }
        var all = stretch.plus(PAUSE).multipliedBy(turns);
        var begin = now.minus(all).minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.HOURS);
        return new Schedule(turns, Math.max(SLOWEST, needed), begin);
    }

    Stretch stretch(Turn turn, List<Mote> motes) {
        var offset = Stretch.INTERVAL.multipliedBy(READINGS).plus(PAUSE).multipliedBy(turn.number() - 1L);
        return new Stretch(motes, READINGS, begin.plus(offset), turn.transformation());
    }
}
