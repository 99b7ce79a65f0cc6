package io.plumbline.support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A line to a server, on a free port of the loopback interface, that can be pulled out and put back. Thread-safe. */
public final class Cable implements AutoCloseable {

    private final URI target;
    private final ServerSocket socket;
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        var thread = new Thread(task, "cable");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean pulled;

    private Cable(URI target) throws IOException {
        this.target = target;
        this.socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    }

    /** Carries at once. */
    public static Cable to(URI target) throws IOException {
        var cable = new Cable(target);
        cable.threads.execute(cable::accept);
        return cable;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    /** Everything that is being said ends in the middle, and nothing new comes through. */
    public void pull() {
        pulled = true;
        ends.forEach(Cable::close);
    }

    public void putBack() {
        pulled = false;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                connect(socket.accept());
            } catch (IOException e) {
                /* Closed: the next look at it ends this. Whoever called meets with silence, as it should be. */
            }
        }
    }

    private void connect(Socket near) throws IOException {
        ends.add(near);
        if (pulled) {
            close(near);
            return;
        }
        var far = new Socket(target.getHost(), target.getPort());
        ends.add(far);
        threads.execute(() -> carry(near, far));
        threads.execute(() -> carry(far, near));
        if (pulled) {
            pull();
        }
    }

    private void carry(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            /* One end is gone: so is the other. */
        } finally {
            ends.remove(from);
            ends.remove(to);
        }
    }

    private static void close(Socket one) {
        try {
            one.close();
        } catch (IOException e) {
            /* It is of no use any more either way. */
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        pull();
        threads.shutdownNow();
    }
}
