package io.plumbline.fleet.adapter.http;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.contract.declared.FleetInventory;
import io.plumbline.contract.enrolment.Enrolled;
import io.plumbline.contract.enrolment.EnrolmentBook;
import io.plumbline.contract.enrolment.NewInvitation;
import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.wire.Json;
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
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(InMemoryTopics.class)
class EnrolmentServiceTest {

    private static final String INVITATION =
            "{\"site\": \"north\", \"labels\": {\"hardware\": \"nuc\"}, \"lasting\": \"PT1H\", \"by\": \"ada\", \"reason\": \"new\"}";

    @TestHTTPResource("/")
    URI root;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void apply() throws Exception {
        send(request("api/v1/fleet").PUT(HttpRequest.BodyPublishers.ofString(Fleets.yaml(BASELINE))));
    }

    /** The application is that of other tests too, which know who is in their fleet. */
    @AfterEach
    void sendEverybodyAway() throws Exception {
        var book = decode(send(request("api/v1/enrolments")), EnrolmentBook.class);
        for (var gateway : book.gateways()) {
            send(request("api/v1/enrolments/" + gateway.gateway()).DELETE());
        }
    }

    @Test
    void aGatewayComesWithATokenAndIsKnownByItsSecretFromThenOn() throws Exception {
        // Given
        var secret = "secret " + System.nanoTime();
        var invitation = invite();

        // When
        var enrolled = decode(enrol(invitation.token(), secret), Enrolled.class);

        // Then
        var path = "api/v1/gateways/" + enrolled.gateway() + "/assignment";
        var mine = send(request(path).header("Authorization", "Bearer " + secret));
        assertThat(decode(mine, Assignment.class).streams()).isNotEmpty();
        for (var wrong : new String[] {"Bearer " + secret + "x", "Bearer ", "Basic " + secret}) {
            var refused = send(request(path).header("Authorization", wrong));
            assertThat(refused.statusCode()).as(wrong).isEqualTo(401);
            assertThat(error(refused)).isEqualTo("this is not the secret of gateway '" + enrolled.gateway() + "'");
        }
        assertThat(send(request(path)).statusCode()).isEqualTo(401);
        assertThat(send(request("api/v1/gateways/gw-north/assignment")).statusCode())
                .as("who is named in the file is asked for nothing")
                .isEqualTo(200);
        var inventory = decode(send(request("api/v1/fleet/inventory")), FleetInventory.class);
        assertThat(inventory.gateways())
                .filteredOn(one -> one.gateway().equals(enrolled.gateway()))
                .singleElement()
                .satisfies(one -> assertThat(one.labels()).containsEntry("hardware", "nuc"));
        assertThat(send(request("api/v1/overview")).body())
                .contains(enrolled.gateway().value());
    }

    @Test
    void aTokenThatWasUsedOrNeverWasIsRefusedInOneLine() throws Exception {
        // Given
        var invitation = invite();
        var first = enrol(invitation.token(), "first " + System.nanoTime());

        // When
        var second = enrol(invitation.token(), "second");
        var guessed = enrol("guessed", "third");
        var none = send(request("api/v1/enrolments").POST(HttpRequest.BodyPublishers.ofString("{}")));

        // Then
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(second.statusCode()).isEqualTo(401);
        assertThat(error(second)).contains("this token was used by gateway '").doesNotContain("\n");
        assertThat(guessed.statusCode()).isEqualTo(401);
        assertThat(none.statusCode()).isEqualTo(401);
    }

    @Test
    void whoIsRemovedIsToldToRunNothing() throws Exception {
        // Given
        var secret = "secret " + System.nanoTime();
        var gateway = decode(enrol(invite().token(), secret), Enrolled.class).gateway();

        // When
        var removed = send(request("api/v1/enrolments/" + gateway + "?author=ada&reason=gone")
                .DELETE());
        var again = send(request("api/v1/enrolments/" + gateway).DELETE());

        // Then
        assertThat(removed.statusCode()).isEqualTo(204);
        assertThat(again.statusCode()).isEqualTo(404);
        var told =
                send(request("api/v1/gateways/" + gateway + "/assignment").header("Authorization", "Bearer " + secret));
        assertThat(decode(told, Assignment.class).streams()).isEmpty();
        var book = decode(send(request("api/v1/enrolments")), EnrolmentBook.class);
        assertThat(book.gateways())
                .filteredOn(one -> one.gateway().equals(gateway))
                .singleElement()
                .satisfies(one -> assertThat(one.removed()).isPresent());
        assertThat(send(request("api/v1/audit")).body()).contains("GATEWAY_REMOVED");
        var first = send(request("api/v1/audit?limit=1"));
        var link = first.headers().firstValue("Link").orElseThrow();
        var second = send(request(link.substring(2, link.indexOf('>'))));
        assertThat(link).endsWith("&limit=1>; rel=\"next\"");
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.body()).isNotEqualTo(first.body());
        assertThat(send(request("api/v1/audit?limit=1001")).statusCode()).isEqualTo(400);
        assertThat(send(request("api/v1/audit?from=yesterday")).statusCode()).isEqualTo(400);
    }

    @Test
    void aWrongInvitationIsRefusedInOneLine() throws Exception {
        assertThat(error(invite(INVITATION.replace("PT1H", "PT1S"))))
                .isEqualTo("an invitation that lasts PT1S must last from PT1M to P30D");
        assertThat(error(invite(INVITATION.replace("north", "norht"))))
                .isEqualTo("site 'norht' is not in the fleet; did you mean 'north'?");
        assertThat(error(invite(INVITATION.replace("hardware", "site"))))
                .contains("'site' is a label that every gateway has already");
        assertThat(invite("{}").statusCode()).isEqualTo(400);
    }

    private NewInvitation invite() throws Exception {
        var answer = invite(INVITATION);
        assertThat(answer.statusCode()).isEqualTo(201);
        return decode(answer, NewInvitation.class);
    }

    private HttpResponse<String> invite(String body) throws Exception {
        return send(request("api/v1/invitations").POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> enrol(String token, String secret) throws Exception {
        var credential = Digest.of(secret.getBytes(StandardCharsets.UTF_8));
        return send(request("api/v1/enrolments")
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString("{\"credential\": \"" + credential + "\"}")));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(root.resolve(path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String error(HttpResponse<String> answer) {
        return decode(answer, JsonNode.class).path("error").asText();
    }

    private static <T> T decode(HttpResponse<String> answer, Class<T> type) {
        return Json.decode(answer.body().getBytes(StandardCharsets.UTF_8), type);
    }
}
