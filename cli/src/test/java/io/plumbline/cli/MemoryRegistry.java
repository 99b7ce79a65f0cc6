package io.plumbline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.wire.Json;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the commands need of a registry, by paths: blobs, manifests, referrers, and answers of its own API that a test gives. */
final class MemoryRegistry implements HttpHandler {

    final Map<String, byte[]> contents = new ConcurrentHashMap<>();
    final List<String> asked = new CopyOnWriteArrayList<>();

    /** Whether it has the referrers API. */
    volatile boolean knowsReferrers = true;

    /** Of lists of referrers. */
    volatile int pageSize = Integer.MAX_VALUE;

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            var sent = exchange.getRequestBody().readAllBytes();
            asked.add(exchange.getRequestMethod() + " " + path);
            switch (exchange.getRequestMethod()) {
                case "POST" -> {
                    exchange.getResponseHeaders().add("Location", "1?state=x"); // from here, as it may be
                    exchange.sendResponseHeaders(202, -1);
                }
                case "PUT" -> {
                    put(path, sent);
                    if (knowsReferrers) {
                        exchange.getResponseHeaders().add("OCI-Subject", "noted");
                    }
                    exchange.sendResponseHeaders(201, -1);
                }
                default -> get(exchange, path);
            }
        }
    }

    private void put(String path, byte[] sent) {
        var digest = Digest.of(sent).value();
        if (path.contains("/manifests/")) {
            contents.put(path, sent);
            contents.put(path.substring(0, path.lastIndexOf('/') + 1) + digest, sent);
        } else {
            contents.put(path.substring(0, path.indexOf("/uploads/") + 1) + digest, sent);
        }
    }

    private void get(HttpExchange exchange, String path) throws IOException {
        var isHead = exchange.getRequestMethod().equals("HEAD");
        var content = knowsReferrers && path.contains("/referrers/") ? referrers(exchange, path) : contents.get(path);
        exchange.sendResponseHeaders(content == null ? 404 : 200, content == null || isHead ? -1 : content.length);
        if (content != null && !isHead) {
            exchange.getResponseBody().write(content);
        }
    }

    /** Of the type that is asked for, as a form would say it. */
    private byte[] referrers(HttpExchange exchange, String path) {
        var query = String.valueOf(exchange.getRequestURI().getRawQuery()).split("&from=", 2);
        var type = URLDecoder.decode(query[0], StandardCharsets.UTF_8);
        var subject = path.substring(path.lastIndexOf('/') + 1);
        var manifests = path.substring(0, path.indexOf("/referrers/")) + "/manifests/sha256:";
        var all = new TreeSet<String>();
        contents.forEach((place, bytes) -> {
            if (place.startsWith(manifests)) {
                var said = Json.decode(bytes, JsonNode.class);
                if (said.at("/subject/digest").asText().equals(subject)
                        && type.equals(
                                "artifactType=" + said.path("artifactType").asText())) {
                    all.add(Digest.of(bytes).value());
                }
            }
        });
        var from = query.length > 1 ? Integer.parseInt(query[1]) : 0;
        if (all.size() - from > pageSize) {
            var next = path + "?" + query[0] + "&from=" + (from + pageSize);
            exchange.getResponseHeaders().add("Link", "<" + next + ">; rel=\"next\"");
        }
        var index = Json.mapper().createObjectNode();
        var list = index.putArray("manifests");
        all.stream().skip(from).limit(pageSize).forEach(one -> list.addObject().put("digest", one));
        return Json.encode(index);
    }
}
