package io.plumbline.fleet.adapter.http;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.fleet.adapter.operator.Requester;
import io.plumbline.fleet.adapter.store.SqlHistory;
import io.plumbline.fleet.core.control.Authorship;
import io.plumbline.fleet.core.control.ControlPlane;
import io.plumbline.fleet.core.control.NotNowException;
import io.plumbline.fleet.core.control.UnknownNameException;
import io.plumbline.rollout.evidence.DeviceState;
import io.plumbline.rollout.log.Cause.Wish;
import io.plumbline.rollout.state.RolloutState;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Rollouts: start one, look at them, hold, approve or end one, and ask why. */
@Path("/api/v1/rollouts")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public final class RolloutResource {

    private static final int MOST_CHARACTERS = 500;

    private final ControlPlane control;
    private final SqlHistory history;
    private final Requester requester;

    RolloutResource(ControlPlane control, SqlHistory history, Requester requester) {
        this.control = control;
        this.history = history;
        this.requester = requester;
    }

    /** What is to be rolled out, who wants it, and why. */
    record Request(ModelName model, Digest build, Optional<String> by, Optional<String> reason) {}

    /**
     * Who asks, and why.
     *
     * @param keep of an end: who has the candidate keeps it; otherwise everybody goes back to the baseline
     * @param revision that the rollout was seen at: at another one it is refused; empty for any
     */
    record Order(Optional<String> by, Optional<String> reason, Optional<Boolean> keep, Optional<Long> revision) {}

    /** Starts a rollout: 201, or 200 if it is already under way. */
    @POST
    public Response start(byte[] body) throws UnknownNameException, NotNowException {
        var request = read(body, Request.class, "{\"model\": \"NAME\", \"build\": \"sha256:...\"}");
        var who = noted(request.by());
        var because = because("", who, request.reason());
        var by = author(who, request.reason());
        var started = control.start(request.model(), request.build(), because, by);
        return Response.status(started.created() ? 201 : 200)
                .entity(Json.encode(started.rollout().event()))
                .build();
    }

    /**
     * What a rollout would have to compare with; starts none.
     *
     * @param model that it would be of
     * @param build that it would bring
     */
    @GET
    @Path("preview")
    public byte[] preview(
            @QueryParam("model") @DefaultValue("") String model, @QueryParam("build") @DefaultValue("") String build)
            throws UnknownNameException, NotNowException {
        var name = BadRequest.unless(ModelName::new, model);
        var candidate = BadRequest.unless(Digest::new, build);
        return Json.encode(control.state().outlook(name, candidate));
    }

    /** What a rollout that is under way has to compare with to its end. */
    @GET
    @Path("{id}/outlook")
    public byte[] outlook(@PathParam("id") String id) throws UnknownNameException, NotNowException {
        events(id);
        return Json.encode(control.seen(id)
                .flatMap(seen -> seen.rollout().outlook(seen.situation()))
                .orElseThrow(() -> new NotNowException("rollout '" + id
                        + "' compares nothing: it is over, on its way back, or of a model that no gateway runs")));
    }

    /** The newest event of each of the newest rollouts, newest rollout first. */
    @GET
    public byte[] list() {
        return Json.encode(control.state().newestRollouts().stream()
                .map(RolloutState::event)
                .toList());
    }

    /** Every event of a rollout, oldest first. */
    @GET
    @Path("{id}")
    public byte[] show(@PathParam("id") String id) throws UnknownNameException {
        return Json.encode(events(id));
    }

    private List<RolloutEvent> events(String id) throws UnknownNameException {
        var events = history.rollout(id);
        if (events.isEmpty()) {
            throw new UnknownNameException("there is no rollout '" + id + "'; GET /api/v1/rollouts lists them");
        }
        return events;
    }

    /** Everything that a state was decided from; with it the decision can be made again. */
    @GET
    @Path("{id}/decisions/{revision}")
    public byte[] decision(@PathParam("id") String id, @PathParam("revision") long revision)
            throws UnknownNameException {
        var last = events(id).size();
        return history.decision(id, revision)
                .orElseThrow(() -> new UnknownNameException("rollout '" + id + "' has no logged decision " + revision
                        + "; its revisions are 1 to " + last + ", those before version 0.2 have no log"));
    }

    /** Where a told gateway is. */
    record Device(GatewayId gateway, SiteId site, DeviceState state, String because) {}

    /** Every told gateway of a rollout; of one that is over, as it was when that was decided. */
    @GET
    @Path("{id}/devices")
    public byte[] devices(@PathParam("id") String id) throws UnknownNameException {
        events(id);
        var seen = control.seen(id).or(() -> history.lastSeen(id));
        return Json.encode(seen.map(RolloutResource::devices).orElse(List.of()));
    }

    private static List<Device> devices(ControlPlane.Seen seen) {
        return seen.rollout().devices(seen.situation()).placed().stream()
                .map(one -> new Device(
                        one.gateway().gateway(),
                        one.gateway().site(),
                        one.state(),
                        one.gateway().because()))
                .toList();
    }

    @POST
    @Path("{id}/pause")
    public byte[] pause(@PathParam("id") String id, byte[] body) throws UnknownNameException, NotNowException {
        return ask(id, Wish.PAUSE, "held", body);
    }

    @POST
    @Path("{id}/resume")
    public byte[] resume(@PathParam("id") String id, byte[] body) throws UnknownNameException, NotNowException {
        return ask(id, Wish.RESUME, "resumed", body);
    }

    @POST
    @Path("{id}/approve")
    public byte[] approve(@PathParam("id") String id, byte[] body) throws UnknownNameException, NotNowException {
        return ask(id, Wish.APPROVE, "approved", body);
    }

    /** The body may say {@code "keep": true}. */
    @POST
    @Path("{id}/abort")
    public byte[] abort(@PathParam("id") String id, byte[] body) throws UnknownNameException, NotNowException {
        var keep = order(body).keep().orElse(false);
        return ask(id, keep ? Wish.ABORT_KEEP : Wish.ABORT, keep ? "ended, to be kept" : "ended", body);
    }

    private byte[] ask(String id, Wish wish, String what, byte[] body) throws UnknownNameException, NotNowException {
        var order = order(body);
        var who = noted(order.by());
        var because = because(what, who, order.reason());
        var seen = order.revision().map(OptionalLong::of).orElse(OptionalLong.empty());
        var by = author(who, order.reason());
        return Json.encode(control.ask(id, wish, because, by, seen).event());
    }

    private Optional<String> noted(Optional<String> by) {
        return Optional.of(requester.noted(by.orElse("")))
                .filter(who -> !who.isEmpty())
                .or(() -> by);
    }

    private static Order order(byte[] body) {
        return body.length == 0
                ? new Order(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty())
                : read(body, Order.class, "empty, or {\"by\": \"ada\", \"reason\": \"...\"}");
    }

    private static String because(String what, Optional<String> by, Optional<String> reason) {
        if (by.isEmpty() && reason.isEmpty()) {
            return "a person asked for it";
        }
        var who = by.filter(name -> !name.isBlank()).orElse("a person");
        var sentence = who
                + (what.isEmpty() ? " asked for it" : ": " + what)
                + reason.filter(why -> !why.isBlank()).map(why -> ", " + why).orElse("");
        if (sentence.length() > MOST_CHARACTERS) {
            throw new BadRequest(
                    "by and reason must have " + MOST_CHARACTERS + " characters at most",
                    new IllegalArgumentException());
        }
        return sentence;
    }

    private static Authorship author(Optional<String> by, Optional<String> reason) {
        try {
            return new Authorship(by.orElse(""), reason.orElse(""));
        } catch (IllegalArgumentException e) {
            throw new BadRequest(String.valueOf(e.getMessage()), e);
        }
    }

    private static <T> T read(byte[] body, Class<T> type, String form) {
        try {
            return Json.decodeExactly(body, type);
        } catch (MalformedMessageException e) {
            throw new BadRequest("the body must be " + form + ": " + e.getMessage(), e);
        }
    }
}
