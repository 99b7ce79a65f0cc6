package io.plumbline.support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A TCP port of the loopback interface. Immutable. */
public record LoopbackPort(int number) {

    /** One that nobody listens on. */
    public static LoopbackPort free() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new LoopbackPort(socket.getLocalPort());
        }
    }

    /** Whether somebody listens on it. */
    public boolean answers() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), number)) {
            return socket.isConnected();
        } catch (IOException nobody) {
            return false;
        }
    }

    /** Host and port. */
    public String authority() {
        return "127.0.0.1:" + number;
    }
}
