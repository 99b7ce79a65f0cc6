package io.plumbline.fleet.adapter.sink;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server on a free port that refuses some recipients, as the servers that the other tests have cannot. */
final class ScriptedSmtp implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final Map<String, String> refusals = new ConcurrentHashMap<>();
    private final List<List<String>> mails = new CopyOnWriteArrayList<>();

    ScriptedSmtp() throws IOException {
        var thread = new Thread(this::serve);
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    /** @param answer such as {@code 550 no such user} */
    void refuse(String recipient, String answer) {
        refusals.put(recipient, answer);
    }

    void takeAll() {
        refusals.clear();
    }

    /** The recipients of each mail that was taken. */
    List<List<String>> mails() {
        return List.copyOf(mails);
    }

    private void serve() {
        while (!server.isClosed()) {
            try (var connection = server.accept()) {
                talk(connection);
            } catch (IOException e) {
                // The client has gone, or the server is closed: then the loop ends.
                continue;
            }
        }
    }

    private void talk(Socket connection) throws IOException {
        var in = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
        var recipients = new ArrayList<String>();
        say(connection, "220 here");
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            var command = line.substring(0, Math.min(4, line.length())).toUpperCase(Locale.ROOT);
            if (command.equals("RCPT")) {
                var to = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
                var refusal = refusals.get(to);
                if (refusal == null) {
                    recipients.add(to);
                }
                say(connection, refusal == null ? "250 ok" : refusal);
            } else if (command.equals("DATA")) {
                say(connection, "354 go on");
                while (!".".equals(in.readLine())) {}
                mails.add(List.copyOf(recipients));
                say(connection, "250 taken");
            } else {
                say(connection, command.equals("QUIT") ? "221 bye" : "250 ok");
            }
        }
    }

    private static void say(Socket connection, String line) throws IOException {
        connection.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
