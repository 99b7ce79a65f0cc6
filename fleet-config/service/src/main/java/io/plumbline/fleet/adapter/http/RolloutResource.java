package io.plumbline.fleet.adapter.http;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.fleet.adapter.store.SqlHistory;
import io.plumbline.fleet.core.control.ControlPlane;
import io.plumbline.fleet.core.control.NotNowException;
import io.plumbline.fleet.core.control.UnknownNameException;
import io.plumbline.fleet.core.rollout.RolloutState;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Rollouts: start one, look at them, hold or end one. */
@Path("/api/v1/rollouts")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public final class RolloutResource {

    private static final String BY_HAND = "a person asked for it";

    private final ControlPlane control;
    private final SqlHistory history;

    RolloutResource(ControlPlane control, SqlHistory history) {
        this.control = control;
        this.history = history;
    }

    /** What is to be rolled out. */
    record Request(ModelName model, Digest build) {}

    /** Starts a rollout: 201, or 200 if it is already under way. */
    @POST
    public Response start(byte[] body) throws UnknownNameException, NotNowException {
        var request = read(body);
        var started = control.start(request.model(), request.build());
        return Response.status(started.created() ? 201 : 200)
                .entity(Json.encode(started.rollout().event()))
                .build();
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
        var events = history.rollout(id);
        if (events.isEmpty()) {
            throw new UnknownNameException("there is no rollout '" + id + "'; GET /api/v1/rollouts lists them");
        }
        return Json.encode(events);
    }

    @POST
    @Path("{id}/pause")
    public byte[] pause(@PathParam("id") String id) throws UnknownNameException, NotNowException {
        return Json.encode(control.pause(id, BY_HAND).event());
    }

    @POST
    @Path("{id}/resume")
    public byte[] resume(@PathParam("id") String id) throws UnknownNameException, NotNowException {
        return Json.encode(control.resume(id, BY_HAND).event());
    }

    @POST
    @Path("{id}/abort")
    public byte[] abort(@PathParam("id") String id) throws UnknownNameException, NotNowException {
        return Json.encode(control.abort(id, BY_HAND).event());
    }

    private static Request read(byte[] body) {
        try {
            return Json.decode(body, Request.class);
        } catch (MalformedMessageException e) {
            throw new BadRequest(
                    "the body must be {\"model\": \"NAME\", \"build\": \"sha256:...\"}: " + e.getMessage(), e);
        }
    }
}
