package io.plumbline.benchmarks.rollouts;

/** How a simulated gateway behaves: of a hundred, 90 well. */
enum Habit {
    WELL,
    /** Says nothing from the beginning of the rollout. */
    SILENT,
    /** Refuses the candidate. */
    FAILING,
    /** Comes and goes. */
    FLAPPING;

    private static final int HUNDRED = 100;
    private static final int SILENT_UP_TO = 5;
    private static final int FAILING_UP_TO = 8;
    private static final int FLAPPING_UP_TO = 10;

    /** 5 % silent, 3 % failing and 2 % flapping, spread over the fleet. */
    static Habit of(int gateway) {
        var place = Math.floorMod(gateway * 37, HUNDRED);
        if (place < SILENT_UP_TO) {
            return SILENT;
        }
        if (place < FAILING_UP_TO) {
            return FAILING;
        }
        return place < FLAPPING_UP_TO ? FLAPPING : WELL;
    }
}
