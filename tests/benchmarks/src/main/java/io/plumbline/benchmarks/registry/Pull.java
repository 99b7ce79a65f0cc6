package io.plumbline.benchmarks.registry;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/** Many clients that read a file and throw it away, as cheaply as a client can: what is measured is who sends. */
final class Pull {

    private static final int BUFFER = 1 << 17;

    private Pull() {}

    /** Bytes per second of all together, each of which got the whole file. */
    static double together(URI file, int clients, long size) throws Exception {
        var pool = Executors.newFixedThreadPool(clients);
        try {
            var tasks = new ArrayList<Callable<Long>>();
            for (int i = 0; i < clients; i++) {
                tasks.add(() -> once(file));
            }
            var start = System.nanoTime();
            for (var done : pool.invokeAll(tasks)) {
                if (done.get() != size) {
                    throw new IOException("a client got " + done.get() + " of " + size + " bytes of " + file);
                }
            }
            return clients * size / ((System.nanoTime() - start) / 1e9);
        } finally {
            pool.shutdownNow();
        }
    }

    private static long once(URI file) throws IOException {
        try (var socket = new Socket(file.getHost(), file.getPort())) {
            socket.getOutputStream()
                    .write(("GET " + file.getPath() + " HTTP/1.1\r\nHost: " + file.getAuthority()
                                    + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            var in = new BufferedInputStream(socket.getInputStream(), BUFFER);
            var status = line(in);
            if (!status.startsWith("HTTP/1.1 200")) {
                throw new IOException(file + ": " + status);
            }
            while (!line(in).isEmpty()) {
                continue;
            }
            var buffer = new byte[BUFFER];
            var total = 0L;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                total += read;
            }
            return total;
        }
    }

    private static String line(InputStream in) throws IOException {
        var text = new StringBuilder();
        for (int one = in.read(); one >= 0 && one != '\n'; one = in.read()) {
            if (one != '\r') {
                text.append((char) one);
            }
        }
        return text.toString();
    }
}
