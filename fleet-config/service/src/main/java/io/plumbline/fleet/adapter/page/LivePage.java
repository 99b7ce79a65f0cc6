package io.plumbline.fleet.adapter.page;

import io.plumbline.contract.fleet.Glimpse;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.fleet.adapter.results.ResultTap;
import io.plumbline.fleet.core.console.results.Glimpses;
import io.plumbline.fleet.core.console.results.LivePicture;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** The latest results of a stream, device by device. */
@Path("/live")
public final class LivePage {

    private final Template page;
    private final Shell shell;
    private final ResultTap tap;
    private final Glimpses glimpses;

    LivePage(@Location("console/live.html") Template page, Shell shell, ResultTap tap, Glimpses glimpses) {
        this.page = page;
        this.shell = shell;
        this.tap = tap;
        this.glimpses = glimpses;
    }

    /** @param stream the first if it is empty */
    @GET
    @Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
    public String page(@QueryParam("stream") @DefaultValue("") String stream) {
        var framed = shell.frame(page, Place.LIVE);
        return framed.data("board", new LivePicture(tap.open(), glimpses, tap.problem()).board(stream.strip()))
                .render();
    }

    /** The last frame of a camera that may be seen, which nobody is to keep. */
    @GET
    @Path("/glimpses/{stream}/{device}")
    public Response glimpse(@PathParam("stream") String stream, @PathParam("device") String device) {
        return newest(stream, device)
                .map(glimpse -> Response.ok(glimpse.picture(), "image/jpeg"))
                .orElseGet(() -> Response.status(Response.Status.NOT_FOUND))
                .header("Cache-Control", "no-store")
                .build();
    }

    private Optional<Glimpse> newest(String stream, String device) {
        try {
            return glimpses.of(new StreamId(stream), new DeviceId(device));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
