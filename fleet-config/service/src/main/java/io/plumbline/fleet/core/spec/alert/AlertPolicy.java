package io.plumbline.fleet.core.spec.alert;

import io.plumbline.contract.wire.Require;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How long alerts wait, hold and repeat; all durations are positive and of wall-clock time.
 *
 * @param settle a new alert is told after it; one that is over before is not told at all
 * @param hold the same trouble again, sooner than this after it was over, is the same episode
 * @param repeat an open alert that nobody has acknowledged is told again after it
 * @param quiet an alert of something that has no end of its own is over when it was not seen for as long
 * @param silentAfter a gateway that says nothing for longer is an alert
 * @param giveUp a letter that could not be delivered for as long is undeliverable
 * @param page where people find the page; empty if the file does not say
 */
public record AlertPolicy(
        Duration settle,
        Duration hold,
        Duration repeat,
        Duration quiet,
        Duration silentAfter,
        Duration giveUp,
        Optional<URI> page) {

    public static final AlertPolicy USUAL = new AlertPolicy(
            Duration.ofSeconds(5),
            Duration.ofMinutes(30),
            Duration.ofHours(4),
            Duration.ofHours(24),
            Duration.ofMinutes(1),
            Duration.ofDays(7),
            Optional.empty());

    public AlertPolicy {
        Map.of(
                        "settle", settle,
                        "hold", hold,
                        "repeat", repeat,
                        "quiet", quiet,
                        "silentAfter", silentAfter,
                        "giveUp", giveUp)
                .forEach((name, value) ->
                        Require.that(value.toMillis() > 0, name + " " + value + " must be longer than nothing"));
    }
}
