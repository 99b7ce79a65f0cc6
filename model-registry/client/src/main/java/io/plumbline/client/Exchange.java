package io.plumbline.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer, given up when nothing comes any more: the client's own timeout ends with the headers. Confined to one
 * thread; the body arrives on another.
 */
final class Exchange {

    private static final long LOOK_MILLIS = 100;

    private final Sink sink;
    private volatile boolean answered;
    private volatile boolean abandoned;
    private volatile long lastByte;

    /** Where the body of an answer goes. It takes so many bytes and no more: a server may send without end. */
    sealed interface Sink permits Memory, OneFile {

        void take(byte[] bytes) throws IOException;

        /** What of it is in memory. */
        byte[] inMemory();
    }

    /** In memory, as a whole. */
    static final class Memory implements Sink {

        /** Of an answer that has no size of its own; a log that a decision was made from is the largest. */
        static final long MOST_BYTES = 256L << 20;

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final long most;
        private volatile boolean overfull;

        Memory(long most) {
            this.most = most;
        }

        /** Whether there was more than it takes. */
        boolean isOverfull() {
            return overfull;
        }

        @Override
        public void take(byte[] more) throws IOException {
            if (bytes.size() + (long) more.length > most) {
                overfull = true;
                throw tooMuch(most);
            }
            bytes.writeBytes(more);
        }

        @Override
        public byte[] inMemory() {
            return bytes.toByteArray();
        }
    }

    /** In a file, which is made or emptied. */
    static final class OneFile implements Sink, AutoCloseable {

        private final OutputStream out;
        private final long most;
        private long size;
        private volatile Optional<IOException> failure = Optional.empty();

        OneFile(Path file, long most) throws IOException {
            this.out = Files.newOutputStream(file);
            this.most = most;
        }

        /** Why it could not be written. */
        Optional<IOException> failure() {
            return failure;
        }

        @Override
        public void take(byte[] more) throws IOException {
            size += more.length;
            if (size > most) {
                throw tooMuch(most);
            }
            try {
                out.write(more);
            } catch (IOException e) {
                failure = Optional.of(e);
                throw e;
            }
        }

        @Override
        public byte[] inMemory() {
            return new byte[0];
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }

    private static IOException tooMuch(long most) {
        return new IOException("it sends more than the " + most + " bytes that were expected");
    }

    /** @param sink where the body goes if the answer is 2xx; another body is kept in memory */
    Exchange(Sink sink) {
        this.sink = sink;
    }

    /** Whether an answer began. */
    boolean isAnswered() {
        return answered;
    }

    /**
     * @param silence in the middle of an answer that is waited for
     * @throws IOException if the answer did not come whole, or was not taken
     */
    HttpResponse<byte[]> send(HttpClient http, HttpRequest request, Duration silence)
            throws IOException, InterruptedException {
        var answer = http.sendAsync(request, this::subscriber);
        try {
            while (true) {
                try {
                    return answer.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    if (answered && System.nanoTime() - lastByte > silence.toNanos()) {
                        throw new IOException("nothing came for " + silence.toSeconds() + " s", e);
                    }
                }
            }
        } catch (ExecutionException e) {
            throw reason(e.getCause());
        } finally {
            abandoned = true;
            answer.cancel(true);
        }
    }

    private static IOException reason(@Nullable Throwable cause) {
        if (cause instanceof UncheckedIOException wrapped) {
            return reason(wrapped.getCause());
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof IOException failure ? failure : new IOException(String.valueOf(cause), cause);
    }

    private BodySubscriber<byte[]> subscriber(ResponseInfo head) {
        var target = head.statusCode() / 100 == 2 ? sink : new Memory(Memory.MOST_BYTES);
        lastByte = System.nanoTime();
        answered = true;
        return BodySubscribers.mapping(
                BodySubscribers.ofByteArrayConsumer(bytes -> take(target, bytes)), all -> target.inMemory());
    }

    private void take(Sink target, Optional<byte[]> bytes) {
        lastByte = System.nanoTime();
        if (bytes.isEmpty()) {
            return;
        }
        try {
            if (abandoned) {
                throw new IOException("nobody waits for it any more");
            }
            target.take(bytes.get());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
