package io.plumbline.fleet.adapter.live;

import io.plumbline.fleet.core.live.ChangeFeed;
import io.plumbline.fleet.core.live.Part;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says which parts have changed, at most four times a second. Nothing is queued for a reader: a slow one hears less often, and one that
 * comes back with the id it heard last hears what it missed.
 */
@Path("/api/v1/live")
public final class LiveResource {

    /** Each is a connection and a look four times a second; who is one too many asks for pages instead. */
    private static final int MOST_READERS = 200;

    private static final Duration EVERY = Duration.ofMillis(250);
    private static final long RECONNECT_MILLIS = 2000;
    private static final long RETRY_SECONDS = 30;
    /** An empty event now and then, so that a reader which is gone is noticed. */
    private static final int SILENT_TICKS = 40;

    private final ChangeFeed changes;
    private final Bookmark bookmark;
    private final AtomicInteger readers = new AtomicInteger();

    LiveResource(ChangeFeed changes, Bookmark bookmark) {
        this.changes = changes;
        this.bookmark = bookmark;
    }

    /**
     * Events named {@code changed}; the data are the names of the parts, with spaces between them, and none in the first one and in those
     * that only keep the line open.
     *
     * @param last id of the newest event that a reader heard before its connection broke
     * @param since where it starts the first time
     */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<OutboundSseEvent> live(
            @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER) @Nullable String last,
            @QueryParam("since") @Nullable String since,
            @Context Sse sse) {
        if (readers.incrementAndGet() > MOST_READERS) {
            readers.decrementAndGet();
            throw new ServiceUnavailableException(RETRY_SECONDS);
        }
        var reader = new Reader(bookmark.number(last == null ? since : last));
        return Multi.createFrom()
                .ticks()
                .every(EVERY)
                .onOverflow()
                .drop()
                .map(tick -> reader.next())
                .filter(news -> news.isDue)
                .map(news -> event(sse, news.news))
                .onTermination()
                .invoke(readers::decrementAndGet);
    }

    private OutboundSseEvent event(Sse sse, ChangeFeed.News news) {
        return sse.newEventBuilder()
                .id(bookmark.of(news.number()))
                .name("changed")
                .reconnectDelay(RECONNECT_MILLIS)
                .data(news.parts().stream().map(Part::word).sorted().collect(Collectors.joining(" ")))
                .build();
    }

    private record Turn(ChangeFeed.News news, boolean isDue) {}

    /** What one reader knows; the ticks of a reader come one after the other. */
    private final class Reader {

        private long seen;
        private int quietFor = SILENT_TICKS;

        private Reader(long seen) {
            this.seen = seen;
        }

        private Turn next() {
            var news = changes.since(seen);
            seen = news.number();
            quietFor++;
            var isDue = !news.parts().isEmpty() || quietFor > SILENT_TICKS;
            if (isDue) {
                quietFor = 0;
            }
            return new Turn(news, isDue);
        }
    }
}
