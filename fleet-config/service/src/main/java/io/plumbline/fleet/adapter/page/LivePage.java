package io.plumbline.fleet.adapter.page;

import io.plumbline.fleet.adapter.results.ResultTap;
import io.plumbline.fleet.core.console.results.LivePicture;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** The latest results of a stream, device by device. */
@Path("/live")
public final class LivePage {

    private final Template page;
    private final Shell shell;
    private final ResultTap tap;

    LivePage(@Location("console/live.html") Template page, Shell shell, ResultTap tap) {
        this.page = page;
        this.shell = shell;
        this.tap = tap;
    }

    /** @param stream the first if it is empty */
    @GET
    @Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
    public String page(@QueryParam("stream") @DefaultValue("") String stream) {
        var framed = shell.frame(page, Place.LIVE);
        return framed.data("board", new LivePicture(tap.open(), tap.problem()).board(stream.strip()))
                .render();
    }
}
