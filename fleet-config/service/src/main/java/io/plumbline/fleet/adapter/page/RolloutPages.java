package io.plumbline.fleet.adapter.page;

import io.plumbline.fleet.core.console.rollout.RolloutPicture;
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

/** Rollouts: where each is and what its evidence says, and what a person may ask of it. */
@Path("/rollouts")
@Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
public final class RolloutPages {

    private final Template list;
    private final Template one;
    private final Template missing;
    private final Shell shell;
    private final Sources sources;

    RolloutPages(
            @Location("console/rollouts.html") Template list,
            @Location("console/rollout.html") Template one,
            @Location("console/missing.html") Template missing,
            Shell shell,
            Sources sources) {
        this.list = list;
        this.one = one;
        this.missing = missing;
        this.shell = shell;
        this.sources = sources;
    }

    /** @param number of the page, from 1 */
    @GET
    public String all(@QueryParam("page") @DefaultValue("1") String number) {
        var framed = shell.frame(list, Place.ROLLOUTS);
        var rollouts = sources.control().state().newestRollouts();
        return framed.data("board", RolloutPicture.board(rollouts, Shell.number(number)))
                .render();
    }

    /** @param id of a rollout; a page that says so if there is none of this name */
    @GET
    @Path("{id}")
    public Response one(@PathParam("id") String id) {
        var framed = shell.frame(one, Place.ROLLOUTS);
        var history = sources.history().rollout(id);
        if (history.isEmpty()) {
            var nothing =
                    shell.frame(missing, Place.ROLLOUTS).data("what", "rollout").data("name", id);
            return Response.status(404).entity(nothing.render()).build();
        }
        var seen = sources.control().seen(id);
        var last = seen.or(() -> sources.history().lastSeen(id));
        var sheet = RolloutPicture.sheet(history, seen, last);
        return Response.ok(framed.data("sheet", sheet)
                        .data("guarded", sources.guarded())
                        .render())
                .build();
    }
}
