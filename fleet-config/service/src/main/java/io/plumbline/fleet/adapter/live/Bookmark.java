package io.plumbline.fleet.adapter.live;

import io.plumbline.fleet.core.live.ChangeFeed;
import jakarta.inject.Singleton;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** How a page names the newest change that it shows: by its number and the run of the control plane that counted it. */
@Singleton
public final class Bookmark {

    private final String run =
            HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    private final ChangeFeed changes;

    Bookmark(ChangeFeed changes) {
        this.changes = changes;
    }

    /** For a page that is made now. */
    public String now() {
        return of(changes.number());
    }

    String of(long number) {
        return run + "-" + number;
    }

    /** The number; 0, before every change, for what another run wrote, or nobody. */
    long number(@Nullable String bookmark) {
        if (bookmark == null || !bookmark.startsWith(run + "-")) {
            return 0;
        }
        try {
            return Long.parseLong(bookmark.substring(run.length() + 1));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
