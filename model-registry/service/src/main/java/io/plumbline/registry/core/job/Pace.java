package io.plumbline.registry.core.job;

import io.plumbline.contract.message.RecalibrationEvent.Requested;
import io.plumbline.contract.wire.Require;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How often a recalibration may begin, by the times of the requests: event time for those that the processor sends. The same
 * rule as the processor's, held here too because others ask as well, and processors forget.
 *
 * @param cooldown between two recalibrations of one build, not negative
 * @param dailyBudget most recalibrations of one model in any 24 hours, at least 1
 */
public record Pace(Duration cooldown, int dailyBudget) {

    public static final Pace DEFAULT = new Pace(Duration.ofHours(4), 12);

    private static final Duration DAY = Duration.ofDays(1);

    public Pace {
        Require.that(!cooldown.isNegative(), "cooldown " + cooldown + " must not be negative");
        Require.that(dailyBudget >= 1, "dailyBudget " + dailyBudget + " must be at least 1");
    }

    /**
     * Why this request comes too early.
     *
     * @param begun requests of the same model for which gateways were asked
     */
    Optional<String> objection(Requested request, List<Requested> begun) {
        var last = begun.stream()
                .filter(one -> one.build().equals(request.build()))
                .map(Requested::at)
                .max(Comparator.naturalOrder());
        if (last.filter(at -> request.at().isBefore(at.plus(cooldown))).isPresent()) {
            return Optional.of(
                    "build " + request.build().shortHex() + " was recalibrated for a request of " + last.get()
                            + "; the next may come at " + last.get().plus(cooldown) + " (cooldown " + cooldown + ")");
        }
        var spent = begun.stream()
                .filter(one -> one.at().isAfter(request.at().minus(DAY)))
                .filter(one -> !one.at().isAfter(request.at()))
                .count();
        return spent < dailyBudget
                ? Optional.empty()
                : Optional.of("model " + request.model() + " was recalibrated " + spent
                        + " times in the 24 hours before " + request.at() + " (daily budget " + dailyBudget + ")");
    }
}
