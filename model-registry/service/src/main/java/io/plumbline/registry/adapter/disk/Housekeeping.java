package io.plumbline.registry.adapter.disk;

import io.plumbline.contract.id.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;

/**
 * Deletes blobs that no manifest names, and uploads that were given up. In two phases: what was found unreferenced at one look, and
 * is so at the next, and was not wanted in between, goes. A push that is under way is safe as long as it takes less than the grace time
 * from the last word about a blob to its manifest. Confined to one thread.
 */
public final class Housekeeping {

    private final ImageLayout layout;
    private final Uploads uploads;
    private final Duration grace;
    private List<Digest> suspects = List.of();

    /** @param grace how long a blob is kept for its manifest */
    public Housekeeping(ImageLayout layout, Uploads uploads, Duration grace) {
        this.layout = layout;
        this.uploads = uploads;
        this.grace = grace;
    }

    /** What one look freed. */
    public record Freed(long bytes, int uploads) {}

    /** To be called about once in a grace time. */
    public Freed look(Instant now) {
        var since = now.minus(grace);
        var found = layout.unreferenced(since);
        var again = new HashSet<>(found);
        again.retainAll(suspects);
        var bytes = layout.deleteUnreferenced(List.copyOf(again), since);
        suspects = found;
        try {
            return new Freed(bytes, uploads.deleteAbandoned(now));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
