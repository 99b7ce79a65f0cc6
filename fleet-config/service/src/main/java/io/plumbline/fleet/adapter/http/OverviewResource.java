package io.plumbline.fleet.adapter.http;

import io.plumbline.contract.wire.Json;
import io.plumbline.fleet.core.control.ControlPlane;
import io.plumbline.fleet.core.view.FleetObservations;
import io.plumbline.fleet.core.view.Overview;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;

/** Everything that the page and the terminal view show. */
@Path("/api/v1/overview")
@Produces(MediaType.APPLICATION_JSON)
public final class OverviewResource {

    private final ControlPlane control;
    private final FleetObservations heard;
    private final Clock clock;

    OverviewResource(ControlPlane control, FleetObservations heard, Clock clock) {
        this.control = control;
        this.heard = heard;
        this.clock = clock;
    }

    @GET
    public byte[] overview() {
        return Json.encode(Overview.of(control.state(), heard, clock.instant()));
    }
}
