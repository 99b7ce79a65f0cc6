package io.plumbline.benchmarks.drift;

import java.time.Duration;

/**
 * How the readings of a simulated site come about: two features, each a mean, an offset of the device, a daily cycle and noise
 * that follows itself, in steps of a tenth.
 *
 * @param memory after which the noise has forgotten nearly two thirds of itself
 * @param daily amplitude of the daily cycle, in standard deviations of the noise
 */
record Climate(String name, Duration memory, double daily) {

    static final Climate INDOORS = new Climate("indoors", Duration.ofMinutes(2), 0);
    static final Climate SLOW = new Climate("slow", Duration.ofMinutes(30), 0);
    static final Climate OUTDOORS = new Climate("outdoors", Duration.ofMinutes(2), 1);
}
