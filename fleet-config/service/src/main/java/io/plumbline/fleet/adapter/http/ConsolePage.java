package io.plumbline.fleet.adapter.http;

import io.quarkus.qute.Template;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The page for people: a shell; its script fills it from the overview. */
@Path("/")
public final class ConsolePage {

    private final Template console;
    private final String version;

    ConsolePage(Template console, @ConfigProperty(name = "quarkus.application.version") String version) {
        this.console = console;
        this.version = version;
    }

    @GET
    @Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
    public String page() {
        return console.data("version", version).render();
    }
}
