package io.plumbline.fleet.core.history;

import java.util.List;
import java.util.stream.Stream;

/**
 * One measure of one subject over time.
 *
 * @param measure as {@link io.plumbline.contract.message.Evidence} names it
 * @param dots those of a build together and oldest first, the build that is asked for last; none where it could not be evaluated
 */
public record Track(String measure, String subject, List<Dot> dots) {

    public Track {
        dots = List.copyOf(dots);
    }

    /** With what came later. */
    Track plus(Track later) {
        return new Track(
                measure,
                subject,
                Stream.concat(dots.stream(), later.dots().stream()).toList());
    }

    public Dot newest() {
        return dots.get(dots.size() - 1);
    }
}
