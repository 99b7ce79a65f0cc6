package io.plumbline.fleet.adapter.http;

import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.wire.Json;
import io.plumbline.fleet.core.assignment.AssignmentBoard;
import io.plumbline.fleet.core.control.ControlPlane;
import io.plumbline.fleet.core.view.FleetObservations;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a gateway is to run. Answers from memory; a request that waits holds no thread. */
@Path("/api/v1/gateways/{gateway}/assignment")
@Produces(MediaType.APPLICATION_JSON)
public final class AssignmentResource {

    private final AssignmentBoard board;
    private final FleetObservations heard;
    private final ControlPlane control;

    AssignmentResource(AssignmentBoard board, FleetObservations heard, ControlPlane control) {
        this.board = board;
        this.heard = heard;
        this.control = control;
    }

    /**
     * The assignment, or 304 if the gateway has it already, or a later one: that of a control plane before this one.
     *
     * @param authorization the secret of a gateway that came by invitation, as bearer token
     * @param known If-None-Match: the ETag of the assignment that the gateway has
     * @param wait how long to hold the request until there is another one, like {@code 10s} or {@code PT10S}
     */
    @GET
    public Uni<Response> assignment(
            @PathParam("gateway") String gateway,
            @HeaderParam("Authorization") @Nullable String authorization,
            @HeaderParam("If-None-Match") @Nullable String known,
            @QueryParam("wait") @Nullable String wait) {
        var id = BadRequest.unless(GatewayId::new, gateway);
        if (!Bearer.isOf(control.state().member(id), authorization)) {
            return Uni.createFrom().item(Bearer.refused("this is not the secret of gateway '" + gateway + "'"));
        }
        var current = board.of(id);
        if (current.isEmpty()) {
            return Uni.createFrom().item(Problem.of(404, "gateway '" + gateway + "' is not in the fleet file"));
        }
        var generation = Generation.of(known);
        heard.accepted(id, generation);
        if (current.get().generation() > generation) {
            return Uni.createFrom().item(full(current.get()));
        }
        if (wait == null) {
            return Uni.createFrom().item(unchanged(current.get()));
        }
        var patience = Patience.parse(wait);
        return Uni.createFrom()
                .completionStage(() -> board.newerThan(id, generation, patience))
                .map(newer -> answer(newer, current.get()));
    }

    private static Response answer(Optional<Assignment> newer, Assignment known) {
        return newer.map(AssignmentResource::full).orElseGet(() -> unchanged(known));
    }

    private static Response full(Assignment assignment) {
        return Response.ok(Json.encode(assignment), MediaType.APPLICATION_JSON)
                .tag(new EntityTag(Long.toString(assignment.generation())))
                .build();
    }

    private static Response unchanged(Assignment assignment) {
        return Response.notModified(new EntityTag(Long.toString(assignment.generation())))
                .build();
    }
}
