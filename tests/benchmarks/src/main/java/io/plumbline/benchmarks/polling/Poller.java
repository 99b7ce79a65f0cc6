package io.plumbline.benchmarks.polling;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One connection that asks as gateways do, with as little work of its own as possible. Confined to one thread. */
final class Poller implements AutoCloseable {

    private static final String LENGTH = "content-length:";
    private static final String TAG = "etag:";

    private final Socket socket;
    private final BufferedInputStream in;
    private final String host;

    /** What came: the status, the tag of the assignment, and how many bytes of body. */
    record Answer(int status, String tag, int length) {}

    Poller(URI server) throws IOException {
        this.socket = new Socket(server.getHost(), server.getPort());
        socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream());
        this.host = server.getAuthority();
    }

    /** @param tag of what the gateway has; empty for nothing */
    Answer ask(String gateway, String tag) throws IOException {
        var request = "GET /api/v1/gateways/" + gateway + "/assignment HTTP/1.1\r\nHost: " + host + "\r\n"
                + (tag.isEmpty() ? "" : "If-None-Match: " + tag + "\r\n") + "\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        var status = Integer.parseInt(line().split(" ", -1)[1]);
        var length = 0;
        var now = "";
        for (var line = line(); !line.isEmpty(); line = line()) {
            var lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith(LENGTH)) {
                length = Integer.parseInt(lower.substring(LENGTH.length()).strip());
            } else if (lower.startsWith(TAG)) {
                now = line.substring(TAG.length()).strip();
            }
        }
        in.skipNBytes(length);
        return new Answer(status, now, length);
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the control plane closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
