package io.plumbline.registry.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Speaks the OCI distribution API as plainly as it can. */
final class OciClient {

    static final String NEUTRAL = "application/vnd.example.thing.v1";

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI base;

    OciClient(URI base) {
        this.base = base;
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path));
    }

    HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpResponse<byte[]> get(String path, String... headers) throws IOException, InterruptedException {
        var request = request(path).GET();
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    HttpResponse<byte[]> head(String path) throws IOException, InterruptedException {
        return send(request(path).method("HEAD", BodyPublishers.noBody()));
    }

    HttpResponse<byte[]> delete(String path) throws IOException, InterruptedException {
        return send(request(path).DELETE());
    }

    HttpResponse<byte[]> call(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        var request = request(path).method(method, BodyPublishers.ofString(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /** Where the new upload is. */
    String begin(String repository) throws IOException, InterruptedException {
        var begun = call("POST", "/v2/" + repository + "/blobs/uploads/", "");
        assertThat(begun.statusCode()).isEqualTo(202);
        return header(begun, "Location");
    }

    /** Pushes a blob; answers its descriptor. */
    ObjectNode push(String repository, String mediaType, byte[] content, String title)
            throws IOException, InterruptedException {
        var digest = Digest.of(content);
        var stored = send(request("/v2/" + repository + "/blobs/uploads/?digest=" + digest)
                .POST(BodyPublishers.ofByteArray(content)));
        assertThat(stored.statusCode()).isEqualTo(201);
        var node = Json.mapper().createObjectNode();
        node.put("mediaType", mediaType).put("digest", digest.value()).put("size", content.length);
        if (!title.isEmpty()) {
            node.putObject("annotations").put(MediaTypes.TITLE, title);
        }
        return node;
    }

    /** A manifest with one layer, whose blobs are there. */
    ObjectNode manifest(String repository, String content) throws IOException, InterruptedException {
        var json = Json.mapper().createObjectNode();
        json.put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_MANIFEST).put("artifactType", NEUTRAL);
        json.set("config", push(repository, MediaTypes.OCI_EMPTY, "{}".getBytes(StandardCharsets.UTF_8), ""));
        json.putArray("layers").add(push(repository, NEUTRAL, content.getBytes(StandardCharsets.UTF_8), "thing.txt"));
        return json;
    }

    Digest put(String repository, String tag, JsonNode manifest) throws IOException, InterruptedException {
        var bytes = Json.encode(manifest);
        var answer = put(repository, tag, bytes);
        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(201);
        return Digest.of(bytes);
    }

    HttpResponse<byte[]> put(String repository, String reference, byte[] manifest)
            throws IOException, InterruptedException {
        return send(request("/v2/" + repository + "/manifests/" + reference).PUT(BodyPublishers.ofByteArray(manifest)));
    }

    static JsonNode json(HttpResponse<byte[]> answer) {
        return Json.decode(answer.body(), JsonNode.class);
    }

    static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    /** The code of the first error. */
    static String error(HttpResponse<byte[]> answer) {
        return json(answer).path("errors").path(0).path("code").asText();
    }
}
