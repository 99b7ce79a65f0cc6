package io.plumbline.support;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands in front of an HTTP service, on a free port of the loopback interface, and shows everything that goes either way. Whole bodies
 * are passed on at once, so it is not for streams that do not end.
 */
public final class Wiretap implements AutoCloseable {

    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    /* Each hop has its own. */
    private static final Set<String> OF_THE_LINE = Set.of(
            "connection", "content-length", "expect", "host", "http2-settings", "transfer-encoding", "upgrade", "date");

    private final URI target;
    private final Listener listener;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        var thread = new Thread(task, "wiretap");
        thread.setDaemon(true);
        return thread;
    });
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Hears what passes; from several threads. */
    public interface Listener {

        /** @param where method and path, and which way it went */
        void passed(String where, byte[] bytes);
    }

    private Wiretap(URI target, Listener listener) throws IOException {
        this.target = target;
        this.listener = listener;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    /** Listens at once. */
    public static Wiretap before(URI target, Listener listener) throws IOException {
        var tap = new Wiretap(target, listener);
        tap.server.createContext("/", tap::forward);
        tap.server.setExecutor(tap.threads);
        tap.server.start();
        return tap;
    }

    /** Takes the place of the service's. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void forward(HttpExchange exchange) throws IOException {
        try (exchange) {
            var where = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            var asked = exchange.getRequestBody().readAllBytes();
            listener.passed(where + ", headers of the request", bytes(where, exchange.getRequestHeaders()));
            listener.passed(where + ", request", asked);
            var answer = client.send(request(exchange, asked), BodyHandlers.ofByteArray());
            listener.passed(
                    where + ", headers of the answer",
                    bytes("", answer.headers().map()));
            listener.passed(where + ", answer", answer.body());
            pass(answer, exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] bytes(String line, Map<String, List<String>> headers) {
        // Not every map of headers says what is in it.
        return (line + new TreeMap<>(headers)).getBytes(StandardCharsets.UTF_8);
    }

    private HttpRequest request(HttpExchange exchange, byte[] body) {
        var request = HttpRequest.newBuilder(
                        target.resolve(exchange.getRequestURI().toString()))
                .method(
                        exchange.getRequestMethod(),
                        body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!isOfTheLine(name)) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }

    private static void pass(HttpResponse<byte[]> answer, HttpExchange exchange) throws IOException {
        var isHead = exchange.getRequestMethod().equals("HEAD");
        answer.headers().map().forEach((name, values) -> {
            if (!isOfTheLine(name) || (isHead && name.equalsIgnoreCase("content-length"))) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        var status = answer.statusCode();
        var hasBody = !isHead && status != NO_CONTENT && status != NOT_MODIFIED && answer.body().length > 0;
        exchange.sendResponseHeaders(status, hasBody ? answer.body().length : -1);
        if (hasBody) {
            exchange.getResponseBody().write(answer.body());
        }
    }

    private static boolean isOfTheLine(String header) {
        return OF_THE_LINE.contains(header.toLowerCase(Locale.ROOT));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
