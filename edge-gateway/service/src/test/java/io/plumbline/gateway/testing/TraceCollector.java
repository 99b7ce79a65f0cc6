package io.plumbline.gateway.testing;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/** Takes traces over OTLP/HTTP, as a collector does, and reads of each span what the tests look at. */
public final class TraceCollector implements AutoCloseable {

    private final HttpServer server;
    private final List<Span> spans = new CopyOnWriteArrayList<>();

    /** Ids in hexadecimal digits; of a span without a parent, that of the parent is empty. */
    public record Span(String name, String trace, String id, String parent) {}

    public TraceCollector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public List<Span> spans() {
        return spans;
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            var body = zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody();
            // ExportTraceServiceRequest.resource_spans, ResourceSpans.scope_spans, ScopeSpans.spans
            inner(ByteString.readFrom(body), 1)
                    .forEach(resource ->
                            inner(resource, 2).forEach(scope -> inner(scope, 2).forEach(this::add)));
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private void add(ByteString span) {
        spans.add(new Span(
                inner(span, 5).get(0).toStringUtf8(),
                hex(inner(span, 1).get(0)),
                hex(inner(span, 2).get(0)),
                inner(span, 4).stream().map(TraceCollector::hex).findFirst().orElse("")));
    }

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    private static List<ByteString> inner(ByteString message, int field) {
        var found = new CopyOnWriteArrayList<ByteString>();
        try {
            var in = CodedInputStream.newInstance(message.toByteArray());
            for (var tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (WireFormat.getTagFieldNumber(tag) == field) {
                    found.add(in.readBytes());
                } else {
                    in.skipField(tag);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("no OTLP", e);
        }
        return found;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
