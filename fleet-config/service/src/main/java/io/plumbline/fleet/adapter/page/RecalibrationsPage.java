package io.plumbline.fleet.adapter.page;

import io.plumbline.fleet.core.console.recalibration.RecalibrationPicture;
import io.plumbline.fleet.core.view.FleetObservations;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** Recalibrations: how far each is, what gateways sent for it, and what came of it. */
@Path("/recalibrations")
public final class RecalibrationsPage {

    private final Template page;
    private final Shell shell;
    private final Sources sources;
    private final FleetObservations heard;

    RecalibrationsPage(
            @Location("console/recalibrations.html") Template page,
            Shell shell,
            Sources sources,
            FleetObservations heard) {
        this.page = page;
        this.shell = shell;
        this.sources = sources;
        this.heard = heard;
    }

    /** @param number of the page, from 1 */
    @GET
    @Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
    public String page(@QueryParam("page") @DefaultValue("1") String number) {
        var framed = shell.frame(page, Place.RECALIBRATIONS);
        var trails = heard.recalibrationTrails().newestFirst();
        var board = RecalibrationPicture.board(trails, sources.control().state(), Shell.number(number));
        return framed.data("board", board).render();
    }
}
