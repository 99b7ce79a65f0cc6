package io.plumbline.judging.replay;

import java.time.Instant;
import java.util.Optional;

/**
 * From where on the log is whole.
 *
 * @param statistics when the oldest delta came that it still has; empty where none was ever deleted
 * @param labels the same of results and labels
 */
public record LogExtent(Optional<Instant> statistics, Optional<Instant> labels) {

    /** Nothing was ever deleted. */
    public static final LogExtent WHOLE = new LogExtent(Optional.empty(), Optional.empty());
}
