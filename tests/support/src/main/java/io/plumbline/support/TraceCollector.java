package io.plumbline.support;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/** Takes traces over OTLP/HTTP, as a collector does, and reads of each span what the tests look at. */
public final class TraceCollector implements AutoCloseable {

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private final HttpServer server;
    private final List<Span> spans = new CopyOnWriteArrayList<>();

    /**
     * Ids in hexadecimal digits.
     *
     * @param service that sent it
     * @param parent empty for the first of a trace
     * @param links ids of spans
     */
    public record Span(String service, String name, String trace, String id, String parent, List<String> links) {

        public Span {
            links = List.copyOf(links);
        }
    }

    public TraceCollector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    public URI address() {
        return URI.create(url());
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public List<Span> spans() {
        return spans;
    }

    /** In the order in which they came. */
    public List<Span> named(String name) {
        return spans.stream().filter(span -> span.name().equals(name)).toList();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            var body = zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody();
            // ExportTraceServiceRequest.resource_spans, ResourceSpans.scope_spans, ScopeSpans.spans
            for (var resource : inner(body.readAllBytes(), 1)) {
                var service = service(resource);
                inner(resource, 2).forEach(scope -> inner(scope, 2).forEach(span -> add(service, span)));
            }
            exchange.sendResponseHeaders(200, -1);
        }
    }

    /* ResourceSpans.resource, Resource.attributes; KeyValue.key and .value, AnyValue.string_value */
    private static String service(byte[] resource) {
        return inner(inner(resource, 1).get(0), 1).stream()
                .filter(pair -> text(inner(pair, 1).get(0)).equals("service.name"))
                .map(pair -> text(inner(inner(pair, 2).get(0), 1).get(0)))
                .findFirst()
                .orElse("");
    }

    private void add(String service, byte[] span) {
        spans.add(new Span(
                service,
                text(inner(span, 5).get(0)),
                hex(inner(span, 1).get(0)),
                hex(inner(span, 2).get(0)),
                inner(span, 4).stream().map(TraceCollector::hex).findFirst().orElse(""),
                inner(span, 13).stream().map(link -> hex(inner(link, 2).get(0))).toList()));
    }

    private static String hex(byte[] id) {
        return HexFormat.of().formatHex(id);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The fields of this number in a message of Protocol Buffers, as bytes. */
    private static List<byte[]> inner(byte[] message, int field) {
        var found = new ArrayList<byte[]>();
        var in = ByteBuffer.wrap(message);
        try {
            while (in.hasRemaining()) {
                var tag = varint(in);
                switch ((int) (tag & 7)) {
                    case VARINT -> varint(in);
                    case FIXED64 -> in.getLong();
                    case FIXED32 -> in.getInt();
                    case BYTES -> {
                        var value = new byte[(int) varint(in)];
                        in.get(value);
                        if (tag >>> 3 == field) {
                            found.add(value);
                        }
                    }
                    default -> throw new IllegalStateException("no OTLP: wire type " + (tag & 7));
                }
            }
        } catch (BufferUnderflowException e) {
            throw new IllegalStateException("no OTLP: it ends too early", e);
        }
        return found;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
