package io.plumbline.fleet.adapter.http;

import io.plumbline.contract.fleet.Glimpse;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.fleet.core.assignment.AssignmentBoard;
import io.plumbline.fleet.core.console.results.Glimpses;
import io.plumbline.fleet.core.control.ControlPlane;
import io.plumbline.fleet.core.live.ChangeFeed;
import io.plumbline.fleet.core.live.Part;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Where gateways show frames of cameras whose owners let operators see them. */
@Path("/api/v1/gateways/{gateway}/glimpses")
@Consumes(MediaType.WILDCARD)
public final class GlimpseResource {

    private static final int MOST_BYTES = 512 << 10;

    private final AssignmentBoard board;
    private final ControlPlane control;
    private final Glimpses glimpses;
    private final ChangeFeed changes;

    GlimpseResource(AssignmentBoard board, ControlPlane control, Glimpses glimpses, ChangeFeed changes) {
        this.board = board;
        this.control = control;
        this.glimpses = glimpses;
        this.changes = changes;
    }

    /** @param authorization the secret of a gateway that came by invitation, as bearer token */
    @PUT
    public Response show(
            @PathParam("gateway") String gateway,
            @HeaderParam("Authorization") @Nullable String authorization,
            byte[] body) {
        var id = BadRequest.unless(GatewayId::new, gateway);
        if (!Bearer.isOf(control.state().member(id), authorization)) {
            return Bearer.refused("this is not the secret of gateway '" + gateway + "'");
        }
        if (board.of(id).isEmpty()) {
            return Problem.of(404, "gateway '" + gateway + "' is not in the fleet file");
        }
        if (body.length > MOST_BYTES) {
            return Problem.of(400, body.length + " bytes are more than the " + MOST_BYTES + " of any glimpse");
        }
        var glimpse = read(body);
        if (!glimpses.show(id, glimpse)) {
            return Problem.of(
                    403,
                    "device '" + glimpse.device() + "' of stream '" + glimpse.stream()
                            + "' may not be shown by gateway '" + gateway
                            + "': the stream has no glimpses in the fleet file, or the device is another's");
        }
        changes.mark(Part.RESULTS);
        return Response.noContent().build();
    }

    private static Glimpse read(byte[] body) {
        try {
            return Json.decode(body, Glimpse.class);
        } catch (MalformedMessageException e) {
            throw new BadRequest(String.valueOf(e.getMessage()));
        }
    }
}
