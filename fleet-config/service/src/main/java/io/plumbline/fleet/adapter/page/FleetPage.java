package io.plumbline.fleet.adapter.page;

import io.plumbline.fleet.core.console.FleetQuery;
import io.plumbline.fleet.core.control.ControlPlane;
import io.plumbline.fleet.core.view.FleetObservations;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** Sites and gateways, the silent and degraded ones first; how models do; what happened last. */
@Path("/")
public final class FleetPage {

    private final Template page;
    private final Shell shell;
    private final ControlPlane control;
    private final FleetObservations heard;

    FleetPage(
            @Location("console/fleet.html") Template page, Shell shell, ControlPlane control, FleetObservations heard) {
        this.page = page;
        this.shell = shell;
        this.control = control;
        this.heard = heard;
    }

    /**
     * @param site only this one, if it is not empty
     * @param gateway only those with this in their name
     * @param number of the page of gateways, from 1
     * @param sites number of the page of sites, from 1
     */
    @GET
    @Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
    public String page(
            @QueryParam("site") @DefaultValue("") String site,
            @QueryParam("gateway") @DefaultValue("") String gateway,
            @QueryParam("page") @DefaultValue("1") String number,
            @QueryParam("sites") @DefaultValue("1") String sites) {
        var framed = shell.frame(page, Place.FLEET);
        var query = new FleetQuery(site.strip(), gateway.strip(), Shell.number(number), Shell.number(sites));
        return framed.data("board", shell.picture(control, heard).board(query)).render();
    }
}
