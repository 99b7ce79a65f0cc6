package io.plumbline.fleet.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.fleet.testing.Fleets;
import io.plumbline.fleet.testing.InMemoryTopics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(InMemoryTopics.class)
class FleetServiceTest {

    @TestHTTPResource("/")
    URI root;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void appliesAFleetFileAndTellsTheGateways() throws Exception {
        // When
        var applied = put("api/v1/fleet", Fleets.yaml(Fleets.BASELINE));
        // Then
        assertThat(applied.body()).contains("\"changed\"");
        assertThat(applied.statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> put(String path, String body) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(root.resolve(path))
                        .header("Content-Type", "application/yaml")
                        .PUT(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
