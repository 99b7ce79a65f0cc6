package io.plumbline.cli.client;

import io.plumbline.contract.enrolment.EnrolmentBook;
import io.plumbline.contract.enrolment.InvitationRequest;
import io.plumbline.contract.enrolment.NewInvitation;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Gateways that come by invitation, at the control plane. */
public final class EnrolmentClient {

    private final Http http;

    /** @param token sent as bearer token; empty for none */
    public EnrolmentClient(URI fleet, Optional<String> token) {
        this.http = new Http("control plane", fleet, token);
    }

    /** Makes a token that works once. */
    public NewInvitation invite(InvitationRequest wanted) throws ClientException {
        return decode(
                http.expectSuccess(http.request("/api/v1/invitations")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(Json.encode(wanted)))
                        .build()),
                NewInvitation.class);
    }

    /** Who came, and the invitations that are open. */
    public EnrolmentBook book() throws ClientException {
        return decode(http.expectSuccess(http.request("/api/v1/enrolments").build()), EnrolmentBook.class);
    }

    /** Takes a gateway out of the fleet. */
    public void remove(String gateway, String by, String reason) throws ClientException {
        http.expectSuccess(http.request("/api/v1/enrolments/" + escaped(gateway) + "?author=" + escaped(by) + "&reason="
                        + escaped(reason))
                .DELETE()
                .build());
    }

    private static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static <T> T decode(HttpResponse<byte[]> answer, Class<T> type) throws ClientException {
        try {
            return Json.decode(answer.body(), type);
        } catch (MalformedMessageException e) {
            throw new ClientException("the control plane's answer is not understood: " + e.getMessage(), e);
        }
    }
}
