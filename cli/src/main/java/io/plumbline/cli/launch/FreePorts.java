package io.plumbline.cli.launch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Ports of the loopback interface that nobody listens on. */
public final class FreePorts {

    /** A child listens seconds after its port was chosen; until then the port looks free. */
    private static final Set<Integer> TAKEN = new HashSet<>();

    private FreePorts() {}

    /** Different ones, none of which this process has given before. */
    public static synchronized List<Integer> take(int count) throws LaunchException {
        var sockets = new ArrayList<ServerSocket>();
        var ports = new ArrayList<Integer>();
        try {
            while (ports.size() < count) {
                var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                sockets.add(socket);
                if (TAKEN.add(socket.getLocalPort())) {
                    ports.add(socket.getLocalPort());
                }
            }
            for (var socket : sockets) {
                socket.close();
            }
            return List.copyOf(ports);
        } catch (IOException e) {
            throw new LaunchException("no free port on the loopback interface: " + e.getMessage(), e);
        }
    }

    /** Whether nobody listens on the port. */
    public static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
