package io.plumbline.fleet.adapter.page;

import io.plumbline.fleet.core.console.audit.AuditBoard;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** Who did what to the fleet, when and why. */
@Path("/audit")
public final class AuditPage {

    private static final int ENTRIES = 1000;

    private final Template page;
    private final Shell shell;
    private final Sources sources;

    AuditPage(@Location("console/audit.html") Template page, Shell shell, Sources sources) {
        this.page = page;
        this.shell = shell;
        this.sources = sources;
    }

    /** @param number of the page, from 1 */
    @GET
    @Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
    public String page(@QueryParam("page") @DefaultValue("1") String number) {
        var framed = shell.frame(page, Place.AUDIT);
        var entries = sources.history().audit(ENTRIES);
        var board = AuditBoard.of(entries, sources.alerts().book(), Shell.number(number));
        return framed.data("board", board).render();
    }
}
