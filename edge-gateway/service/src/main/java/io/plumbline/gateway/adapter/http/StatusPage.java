package io.plumbline.gateway.adapter.http;

import io.plumbline.gateway.Wiring;
import io.quarkus.qute.Template;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** One page without scripts or anything from elsewhere; it loads itself again every few seconds. */
@Path("/")
public final class StatusPage {

    private static final String NOTHING_FROM_ELSEWHERE =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Wiring wiring;
    private final Template status;
    private final String version;

    StatusPage(Wiring wiring, Template status, @ConfigProperty(name = "quarkus.application.version") String version) {
        this.wiring = wiring;
        this.status = status;
        this.version = version;
    }

    @GET
    @Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
    public Response page() {
        var html = status.data("version", version)
                .data("disk", wiring.state().disk())
                .data("view", wiring.view().map(StatusText::of).orElse(null))
                .render();
        return Response.ok(html)
                .header("Cache-Control", "no-store")
                .header("Content-Security-Policy", NOTHING_FROM_ELSEWHERE)
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }
}
