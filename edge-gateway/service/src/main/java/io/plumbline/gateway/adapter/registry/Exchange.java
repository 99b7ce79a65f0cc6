package io.plumbline.gateway.adapter.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer, given up when nothing comes any more: the client's own timeout ends with the headers.
 * Confined to one thread; the body arrives on another.
 */
final class Exchange {

    private static final long LOOK_MILLIS = 100;

    private final Sink sink;
    private volatile long lastByte = System.nanoTime();
    private volatile boolean abandoned;

    /** Where a body goes. */
    interface Sink {

        /** @return whether the body of this answer is wanted */
        boolean begin(ResponseInfo head) throws IOException;

        void take(byte[] bytes) throws IOException;
    }

    Exchange(Sink sink) {
        this.sink = sink;
    }

    /**
     * @return its head; the sink has the body
     * @throws IOException if the answer did not come whole
     */
    HttpResponse<Void> send(HttpClient http, HttpRequest request, Duration silence)
            throws IOException, InterruptedException {
        var answer = http.sendAsync(request, this::subscriber);
        try {
            while (true) {
                try {
                    return answer.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    if (System.nanoTime() - lastByte > silence.toNanos()) {
                        throw new IOException("nothing came for " + silence, e);
                    }
                }
            }
        } catch (ExecutionException e) {
            throw new IOException(reason(e.getCause()), e);
        } finally {
            abandoned = true;
            answer.cancel(true);
        }
    }

    /** In the words of whoever could not read or write. */
    private static String reason(@Nullable Throwable cause) {
        return cause instanceof UncheckedIOException wrapped ? reason(wrapped.getCause()) : String.valueOf(cause);
    }

    private BodySubscriber<Void> subscriber(ResponseInfo head) {
        lastByte = System.nanoTime();
        try {
            return sink.begin(head) ? BodySubscribers.ofByteArrayConsumer(this::take) : BodySubscribers.discarding();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(Optional<byte[]> bytes) {
        lastByte = System.nanoTime();
        if (bytes.isEmpty()) {
            return;
        }
        try {
            if (abandoned) {
                throw new IOException("nobody waits for it any more");
            }
            sink.take(bytes.get());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
