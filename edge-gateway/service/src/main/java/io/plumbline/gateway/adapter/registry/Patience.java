package io.plumbline.gateway.adapter.registry;

import java.time.Duration;

/**
 * How long a registry may take, and how often it is asked again.
 *
 * @param silence without a single byte after which an exchange is given up
 * @param attempts in a row that bring next to nothing before it is given up altogether
 * @param pause before the second attempt; each later one is twice as long
 */
public record Patience(Duration silence, int attempts, Duration pause) {

    public static final Patience DEFAULT = new Patience(Duration.ofSeconds(30), 5, Duration.ofMillis(250));

    /** @param fruitless attempts so far, from 1 */
    Duration pauseAfter(int fruitless) {
        return pause.multipliedBy(1L << (fruitless - 1));
    }
}
