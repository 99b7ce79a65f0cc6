package io.plumbline.fleet.adapter.page;

import io.plumbline.fleet.adapter.registry.RegistryShelf;
import io.plumbline.fleet.core.console.models.ModelDetails;
import io.plumbline.fleet.core.console.models.ModelPicture;
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

/** Versions and builds side by side: size, latency, agreement, accuracy; what was tried, and where each runs. */
@Path("/models")
public final class ModelsPage {

    private final Template page;
    private final Shell shell;
    private final ControlPlane control;
    private final FleetObservations heard;
    private final RegistryShelf shelf;

    ModelsPage(
            @Location("console/models.html") Template page,
            Shell shell,
            ControlPlane control,
            FleetObservations heard,
            RegistryShelf shelf) {
        this.page = page;
        this.shell = shell;
        this.control = control;
        this.heard = heard;
        this.shelf = shelf;
    }

    /**
     * @param model that is wanted in full; the worst if it is empty
     * @param build the first digits of the one whose quality is wanted
     */
    @GET
    @Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
    public String page(
            @QueryParam("model") @DefaultValue("") String model, @QueryParam("build") @DefaultValue("") String build) {
        var framed = shell.frame(page, Place.MODELS);
        var state = control.state();
        var details = new ModelDetails(state, heard.recalibrations(), shelf);
        var health = shell.picture(control, heard).health("");
        return framed.data("board", new ModelPicture(state, health, details).board(model.strip(), build.strip()))
                .render();
    }
}
