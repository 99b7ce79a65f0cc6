package io.plumbline.gateway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The writing half of the OCI distribution API, for one repository of a registry that asks for a password. */
public final class RepositoryPush {

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI repository;
    private final String authorization;

    /** @param repository such as {@code http://host/v2/name/} */
    public RepositoryPush(URI repository, String user, String password) {
        this.repository = repository;
        this.authorization =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    void blob(String digest, byte[] bytes) throws IOException, InterruptedException {
        var opened = send(
                HttpRequest.newBuilder(repository.resolve("blobs/uploads/")).POST(BodyPublishers.noBody()));
        var place = repository
                .resolve(opened.headers().firstValue("Location").orElseThrow())
                .toString();
        send(HttpRequest.newBuilder(URI.create(place + (place.contains("?") ? "&" : "?") + "digest=" + digest))
                .header("Content-Type", "application/octet-stream")
                .PUT(BodyPublishers.ofByteArray(bytes)));
    }

    void manifest(String reference, String type, byte[] bytes) throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(repository.resolve("./manifests/" + reference))
                .header("Content-Type", type)
                .PUT(BodyPublishers.ofByteArray(bytes)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var answer = http.send(request.header("Authorization", authorization).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return answer;
    }
}
