package io.plumbline.gateway.adapter.camera;

import io.plumbline.gateway.adapter.logging.Seldom;
import io.plumbline.gateway.core.status.Reach;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The frames of an MJPEG stream, each of the moment it came. A live camera cannot wait: what finds no room is dropped, and so
 * is what finds {@value #MOST_WAITING} frames of this camera before it. A connection that ends is opened again after 1, 2, 4
 * ... 30 s; {@value #SILENT_SECONDS} s without a frame end one.
 */
final class MjpegFeed implements Feed {

    private static final Logger LOG = Logger.getLogger(MjpegFeed.class);
    private static final long FIRST_DELAY_MILLIS = 1_000;
    private static final long LONGEST_DELAY_MILLIS = 30_000;
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final long SILENT_SECONDS = 30;
    private static final int MOST_WAITING = 16;
    private static final int OK = 200;

    private final Camera camera;
    private final HttpClient http;
    private final HttpRequest request;
    private final Outlet outlet;
    private final IntConsumer dropped;
    private final Seldom complaint = new Seldom();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Reach reach;
    private long sequence;
    private long delayMillis = FIRST_DELAY_MILLIS;
    private volatile long heard;
    private volatile @Nullable InputStream open;
    private volatile boolean closed;

    /** @param dropped hears of frames that found no room */
    MjpegFeed(Camera camera, String url, HttpClient http, Outlet outlet, IntConsumer dropped) {
        this.camera = camera;
        this.http = http;
        // Version 1.1: an offer of version 2 with the request confuses the servers of simple cameras.
        this.request = HttpRequest.newBuilder(URI.create(url))
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(ANSWER)
                .build();
        this.outlet = outlet;
        this.dropped = dropped;
        this.reach = camera.reach();
    }

    @Override
    public Reach reach() {
        return reach;
    }

    @Override
    public void turn() throws InterruptedException {
        var reason = "the stream has ended";
        try {
            read(http.send(request, HttpResponse.BodyHandlers.ofInputStream()));
        } catch (IOException e) {
            reason = e.toString();
        }
        if (closed) {
            return;
        }
        reach.down(reason);
        var why = reason;
        complaint.say(() -> LOG.warnf(
                "camera-stream-ended camera=%s url=%s reason=%s retryMillis=%d",
                camera.name(), request.uri(), why, delayMillis));
        Thread.sleep(delayMillis);
        delayMillis = Math.min(2 * delayMillis, LONGEST_DELAY_MILLIS);
    }

    private void read(HttpResponse<InputStream> response) throws IOException {
        try (var body = response.body()) {
            heard = System.nanoTime();
            open = body;
            if (response.statusCode() != OK) {
                throw new ProtocolException("status " + response.statusCode() + " instead of " + OK);
            }
            var type = response.headers().firstValue("Content-Type").orElse("");
            var frames = MultipartFrames.of(body, type);
            for (var frame = frames.next(); frame.isPresent() && !closed; frame = frames.next()) {
                bring(frame.get());
            }
        } finally {
            open = null;
        }
    }

    private void bring(byte[] frame) {
        heard = System.nanoTime();
        reach.up();
        delayMillis = FIRST_DELAY_MILLIS;
        if (waiting.incrementAndGet() > MOST_WAITING
                || !outlet.offer(frame, new Outlet.Taken(Instant.now(), sequence++), waiting::decrementAndGet)) {
            waiting.decrementAndGet();
            dropped.accept(1);
        }
    }

    @Override
    public void look() {
        if (System.nanoTime() - heard > TimeUnit.SECONDS.toNanos(SILENT_SECONDS)) {
            end();
        }
    }

    @Override
    public void close() {
        closed = true;
        end();
    }

    /** A thread that waits for bytes goes on when its stream is closed, but not on every JDK when it is interrupted. */
    private void end() {
        var body = open;
        try {
            if (body != null) {
                body.close();
            }
        } catch (IOException e) {
            LOG.debugf("camera-stream-close-failed camera=%s reason=%s", camera.name(), e.getMessage());
        }
    }
}
