package io.plumbline.rollout.policy;

import io.plumbline.contract.wire.Require;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When gateways may be told.
 *
 * @param deadline time in which the gateways of a wave must take the candidate, and again in which it must be proven, positive
 * @param windows when more gateways may be told; empty for always. Going back is not bound to them
 * @param freeze nobody more is told, whatever is proven
 */
public record Schedule(Duration deadline, List<MaintenanceWindow> windows, boolean freeze) {

    public static final Schedule USUAL = new Schedule(Duration.ofMinutes(10), List.of(), false);

    public Schedule {
        windows = List.copyOf(windows);
        Require.that(deadline.toMillis() > 0, "deadline " + deadline + " must be positive");
    }

    /** Until when nobody more may be told, in words that stay the same while that does; empty if it is not so. */
    public Optional<String> waits(Instant now) {
        if (isOpen(now)) {
            return Optional.empty();
        }
        return Optional.of(
                freeze
                        ? "until the freeze is lifted"
                        : "until "
                                + windows.stream()
                                        .map(window -> window.opens(now))
                                        .min(Instant::compareTo)
                                        .orElseThrow()
                                + ", when its maintenance window opens");
    }

    /** Whether more gateways may be told now. */
    public boolean isOpen(Instant now) {
        return !freeze && (windows.isEmpty() || windows.stream().anyMatch(window -> window.contains(now)));
    }
}
