package io.plumbline.cli.client;

import io.plumbline.client.ClientException;
import io.plumbline.client.Http;
import io.plumbline.contract.enrolment.EnrolmentBook;
import io.plumbline.contract.enrolment.InvitationRequest;
import io.plumbline.contract.enrolment.NewInvitation;
import java.net.URI;
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
        return http.post("/api/v1/invitations", wanted, NewInvitation.class);
    }

    /** Who came, and the invitations that are open. */
    public EnrolmentBook book() throws ClientException {
        return http.get("/api/v1/enrolments", EnrolmentBook.class);
    }

    /** Takes a gateway out of the fleet. */
    public void remove(String gateway, String by, String reason) throws ClientException {
        http.expectSuccess(http.request("/api/v1/enrolments/" + Http.segment(gateway) + "?author=" + Http.segment(by)
                        + "&reason=" + Http.segment(reason))
                .DELETE()
                .build());
    }
}
