package io.plumbline.fleet.adapter.http;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.declared.AuditEntry;
import io.plumbline.contract.wire.Json;
import io.plumbline.fleet.testing.Fleets;
import io.plumbline.fleet.testing.InMemoryTopics;
import io.plumbline.fleet.testing.OperatorTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestProfile(OperatorGateTest.Guarded.class)
@QuarkusTestResource(InMemoryTopics.class)
class OperatorGateTest {

    private static final String ADA = "token of ada";

    /** With tokens of two operators. */
    public static final class Guarded implements QuarkusTestProfile {

        @Override
        public List<TestResourceEntry> testResources() {
            return OperatorTokens.of(ADA + "\n\ntoken of bob\neve: token of eve\n");
        }
    }

    @TestHTTPResource("/")
    URI root;

    @ParameterizedTest
    @CsvSource({
        "PUT, api/v1/fleet",
        "POST, api/v1/rollouts",
        "POST, api/v1/rollouts/r-1/pause",
        "POST, api/v1/rollouts/r-1/resume",
        "POST, api/v1/rollouts/r-1/approve",
        "POST, api/v1/rollouts/r-1/abort",
        "POST, api/v1/alerts/a-1/acknowledge",
        "POST, api/v1/silences",
        "DELETE, api/v1/silences/s-1",
        "POST, api/v1/invitations",
        "DELETE, api/v1/enrolments/gw-1"
    })
    void nobodyChangesAnythingWithoutAnOperatorsToken(String method, String path) throws Exception {
        for (var header : new String[] {"", "Bearer wrong", "Basic " + ADA}) {
            var refused = send(method, path, header, "{}");
            assertThat(refused.statusCode()).as(header).isEqualTo(401);
            assertThat(refused.body()).contains("must show an operator's token");
        }
        assertThat(send(method, path, "Bearer " + ADA, "{}").statusCode()).isNotEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({"cross-site, 403", "same-site, 403", "same-origin, 404", "none, 404"})
    void aPageOfAnotherSiteChangesNothingWhateverItShows(String site, int status) throws Exception {
        // When
        var answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(root.resolve("api/v1/rollouts/r-1/abort"))
                                .POST(BodyPublishers.noBody())
                                .header("Authorization", "Bearer " + ADA)
                                .header("Sec-Fetch-Site", site)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        // Then
        assertThat(answer.statusCode()).isEqualTo(status);
    }

    @Test
    void anOperatorAppliesAFileAndEverybodyMayRead() throws Exception {
        // When
        var applied = send("PUT", "api/v1/fleet", "Bearer token of bob", Fleets.yaml(BASELINE));
        var diff = send("POST", "api/v1/fleet/diff", "", Fleets.yaml(BASELINE));

        // Then
        assertThat(applied.statusCode()).isEqualTo(200);
        assertThat(diff.statusCode()).isEqualTo(200);
        for (var path : new String[] {
            "api/v1/fleet", "api/v1/overview", "api/v1/rollouts", "api/v1/gateways/gw-north/assignment", "q/health/live"
        }) {
            assertThat(send("GET", path, "", "").statusCode()).as(path).isEqualTo(200);
        }
    }

    @Test
    void whatIsDoneWithATokenOfSomebodysOwnIsNotedAsThatPersons() throws Exception {
        // When
        var file = Fleets.yaml(BASELINE);
        send("PUT", "api/v1/fleet?author=mallory", "Bearer token of eve", file.replace("north-2", "north-8"));
        send("PUT", "api/v1/fleet", "Bearer token of eve", file.replace("north-2", "north-9"));
        send("PUT", "api/v1/fleet?author=mallory", "Bearer token of bob", file);

        // Then
        var audit = Json.decode(
                send("GET", "api/v1/audit?limit=3", "", "").body().getBytes(StandardCharsets.UTF_8),
                AuditEntry[].class);
        assertThat(audit).extracting(AuditEntry::actor).containsExactly("mallory", "eve", "mallory (token of eve)");
        var started = send(
                "POST",
                "api/v1/rollouts",
                "Bearer token of eve",
                "{\"model\":\"climate-event\",\"build\":\"" + Fleets.CANDIDATE + "\",\"by\":\"mallory\"}");
        assertThat(started.body()).contains("mallory (token of eve) asked for it");
    }

    @Test
    void aGatewayEnrolsWithItsOwnToken() throws Exception {
        assertThat(send("POST", "api/v1/enrolments", "", "{}").body()).contains("plumbline gateway invite");
    }

    private HttpResponse<String> send(String method, String path, String authorization, String body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(root.resolve(path)).method(method, BodyPublishers.ofString(body));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
