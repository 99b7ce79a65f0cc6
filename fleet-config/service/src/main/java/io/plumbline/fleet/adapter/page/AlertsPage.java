package io.plumbline.fleet.adapter.page;

import io.plumbline.contract.fleet.AlertBoard.SinkView;
import io.plumbline.database.StoreUnavailableException;
import io.plumbline.fleet.adapter.sink.PostOffice;
import io.plumbline.fleet.core.console.alert.AlertsBoard;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Alerts: what is open, who looks after it, what holds it back, and whether anybody is told. */
@Path("/alerts")
public final class AlertsPage {

    private final Template page;
    private final Shell shell;
    private final Sources sources;
    private final PostOffice post;

    AlertsPage(@Location("console/alerts.html") Template page, Shell shell, Sources sources, PostOffice post) {
        this.page = page;
        this.shell = shell;
        this.sources = sources;
        this.post = post;
    }

    /** @param number of the page, from 1 */
    @GET
    @Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
    public String page(@QueryParam("page") @DefaultValue("1") String number) {
        var framed = shell.frame(page, Place.ALERTS);
        var board = AlertsBoard.of(sources.alerts().book(), sinks(), shell.now(), Shell.number(number));
        return framed.data("board", board).data("guarded", sources.guarded()).render();
    }

    private List<SinkView> sinks() {
        try {
            return post.standing();
        } catch (StoreUnavailableException e) {
            return List.of();
        }
    }
}
