package io.plumbline.benchmarks.registry;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** A connection to a service that breaks once, after so many bytes, and counts what comes through it. */
final class BrokenLine implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final ServerSocket server;
    private final URI target;
    private final long breaksAfter;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicBoolean broken = new AtomicBoolean();

    private BrokenLine(ServerSocket server, URI target, long breaksAfter) {
        this.server = server;
        this.target = target;
        this.breaksAfter = breaksAfter;
    }

    static BrokenLine to(URI target, long breaksAfter) throws IOException {
        var line = new BrokenLine(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target, breaksAfter);
        daemon(line::accept);
        return line;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** What came from the service, heads and all. */
    long bytes() {
        return bytes.get();
    }

    boolean hasBroken() {
        return broken.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var near = server.accept();
                var far = new Socket(target.getHost(), target.getPort());
                daemon(() -> copy(near, far, false));
                daemon(() -> copy(far, near, true));
            } catch (IOException closed) {
                return;
            }
        }
    }

    /** What was read is passed on before the line breaks, as a network does. */
    private void copy(Socket from, Socket to, boolean counted) {
        try (from;
                to) {
            var buffer = new byte[BUFFER];
            for (int read = from.getInputStream().read(buffer);
                    read >= 0;
                    read = from.getInputStream().read(buffer)) {
                to.getOutputStream().write(buffer, 0, read);
                if (counted && bytes.addAndGet(read) >= breaksAfter && broken.compareAndSet(false, true)) {
                    return;
                }
            }
        } catch (IOException ended) {
            // the other direction has closed both
        }
    }

    private static void daemon(Runnable work) {
        var thread = new Thread(work, "broken-line");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
