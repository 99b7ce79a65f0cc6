package io.plumbline.fleet.adapter.http;

import io.plumbline.contract.enrolment.Enrolled;
import io.plumbline.contract.enrolment.EnrolmentRequest;
import io.plumbline.contract.enrolment.InvitationRequest;
import io.plumbline.contract.enrolment.NewInvitation;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.login.RequestHeaders;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.fleet.adapter.operator.Requester;
import io.plumbline.fleet.adapter.store.AuditTrail;
import io.plumbline.fleet.adapter.store.SqlHistory;
import io.plumbline.fleet.core.control.Authorship;
import io.plumbline.fleet.core.control.ControlPlane;
import io.plumbline.fleet.core.control.NotNowException;
import io.plumbline.fleet.core.control.UnknownNameException;
import io.plumbline.fleet.core.enrolment.Invitation;
import io.plumbline.fleet.core.enrolment.Member;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Gateways that come by invitation: invite one, let it in, see who came, send one away. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public final class EnrolmentResource {

    private static final int TOKEN_BYTES = 32;
    private static final int AUDIT_ENTRIES = 1000;
    private static final Pattern ENTRIES = Pattern.compile("[1-9][0-9]{0,3}");

    private final ControlPlane control;
    private final SqlHistory history;
    private final Clock clock;
    private final Requester requester;
    private final SecureRandom random = new SecureRandom();

    EnrolmentResource(ControlPlane control, SqlHistory history, Clock clock, Requester requester) {
        this.control = control;
        this.history = history;
        this.clock = clock;
        this.requester = requester;
    }

    /** Invites one gateway: 201 with the token, which is told this once. */
    @POST
    @Path("invitations")
    public Response invite(byte[] body) throws UnknownNameException {
        var asked =
                read(body, InvitationRequest.class, "{\"labels\": {}, \"lasting\": \"PT1H\", \"by\": \"WHO\", ...}");
        var token = token();
        var expires =
                checked(() -> clock.instant().truncatedTo(ChronoUnit.MILLIS).plus(Invitation.checked(asked.lasting())));
        var invitation = checked(
                () -> new Invitation(Member.digest(token), asked.site(), asked.labels(), expires, Optional.empty()));
        control.invite(invitation, checked(() -> new Authorship(requester.noted(asked.by()), asked.reason())));
        return Response.status(201)
                .entity(Json.encode(new NewInvitation(token, asked.site(), expires)))
                .header("Cache-Control", "no-store")
                .build();
    }

    /** Lets a gateway in that shows a token. */
    @POST
    @Path("enrolments")
    public Response enrol(@HeaderParam("Authorization") @Nullable String authorization, byte[] body)
            throws NotNowException {
        var token = RequestHeaders.token(authorization);
        if (token.isEmpty()) {
            return Bearer.refused("a gateway enrols with a token; ask for one with: plumbline gateway invite");
        }
        var asked = read(body, EnrolmentRequest.class, "{\"credential\": \"sha256:...\"}");
        var member = control.enrol(Member.digest(token.get()), asked);
        return Response.ok(Json.encode(
                        new Enrolled(member.joiner().gateway(), member.joiner().site())))
                .build();
    }

    /** Who came by invitation, and the invitations that are open. */
    @GET
    @Path("enrolments")
    public byte[] book() {
        return Json.encode(history.enrolments(clock.instant().truncatedTo(ChronoUnit.MILLIS)));
    }

    /**
     * Takes a gateway out of the fleet that came by invitation.
     *
     * @param author who asks for it
     * @param reason why
     */
    @DELETE
    @Path("enrolments/{gateway}")
    public void remove(
            @PathParam("gateway") String gateway,
            @QueryParam("author") @DefaultValue("") String author,
            @QueryParam("reason") @DefaultValue("") String reason)
            throws UnknownNameException {
        var id = BadRequest.unless(GatewayId::new, gateway);
        control.remove(id, checked(() -> new Authorship(requester.noted(author), reason)));
    }

    /**
     * Who did what to the fleet, its file and its rollouts, when and why, newest first. The {@code Link} header leads to what is older.
     *
     * @param from where an earlier answer ended; the newest without it
     * @param limit the most entries
     */
    @GET
    @Path("audit")
    public Response audit(
            @QueryParam("from") @Nullable String from, @QueryParam("limit") @DefaultValue("1000") String limit) {
        var most = BadRequest.unless(EnrolmentResource::entries, limit);
        var page = history.audit(
                from == null ? AuditTrail.Cursor.NEWEST : BadRequest.unless(AuditTrail.Cursor::parse, from), most);
        var answer = Response.ok(Json.encode(page.entries()));
        page.next()
                .ifPresent(next ->
                        answer.header("Link", "</api/v1/audit?from=" + next + "&limit=" + most + ">; rel=\"next\""));
        return answer.build();
    }

    private static int entries(String limit) {
        if (!ENTRIES.matcher(limit).matches() || Integer.parseInt(limit) > AUDIT_ENTRIES) {
            throw new IllegalArgumentException("limit '" + limit + "' must be between 1 and " + AUDIT_ENTRIES);
        }
        return Integer.parseInt(limit);
    }

    private String token() {
        var bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static <T> T checked(Supplier<T> said) {
        try {
            return said.get();
        } catch (IllegalArgumentException e) {
            throw new BadRequest(String.valueOf(e.getMessage()), e);
        }
    }

    private static <T> T read(byte[] body, Class<T> type, String form) {
        try {
            return Json.decode(body, type);
        } catch (MalformedMessageException e) {
            throw new BadRequest("the body must be " + form + ": " + e.getMessage(), e);
        }
    }
}
