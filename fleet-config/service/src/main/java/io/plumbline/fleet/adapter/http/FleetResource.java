package io.plumbline.fleet.adapter.http;

import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.wire.Json;
import io.plumbline.fleet.adapter.store.SqlHistory;
import io.plumbline.fleet.adapter.yaml.FleetYaml;
import io.plumbline.fleet.core.control.ControlPlane;
import io.plumbline.fleet.core.control.UnknownNameException;
import io.plumbline.fleet.core.spec.InvalidFleetException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The fleet file and its versions. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
public final class FleetResource {

    private static final String YAML = "application/yaml";
    private static final String SCHEMA = "/io/plumbline/fleet/fleet.schema.json";

    private final ControlPlane control;
    private final SqlHistory history;

    FleetResource(ControlPlane control, SqlHistory history) {
        this.control = control;
        this.history = history;
    }

    /**
     * What applying a file did.
     *
     * @param generations the generation of every gateway's assignment now
     */
    record Applied(long version, boolean changed, Instant appliedAt, Map<GatewayId, Long> generations) {}

    /** Applies a fleet file, all of it or nothing. */
    @PUT
    @Path("fleet")
    @Consumes(MediaType.WILDCARD)
    public byte[] apply(String text) throws InvalidFleetException {
        var applied = control.apply(text, FleetYaml.parse(text));
        var generations = new LinkedHashMap<GatewayId, Long>();
        control.state().inForce().forEach((Assignment one) -> generations.put(one.gateway(), one.generation()));
        return Json.encode(new Applied(
                applied.version().version(),
                applied.changed(),
                applied.version().appliedAt(),
                generations));
    }

    /** The file in force, as it was applied. */
    @GET
    @Path("fleet")
    @Produces(YAML)
    public String current() throws UnknownNameException {
        return control.state()
                .version()
                .orElseThrow(() -> new UnknownNameException("no fleet file has been applied yet"))
                .text();
    }

    /** When which version was applied, newest first. */
    @GET
    @Path("fleet/versions")
    public byte[] versions() {
        return Json.encode(history.versions());
    }

    /** A version as it was applied. */
    @GET
    @Path("fleet/versions/{version}")
    @Produces(YAML)
    public String version(@PathParam("version") long version) throws UnknownNameException {
        return history.version(version)
                .orElseThrow(() -> new UnknownNameException(
                        "there is no version " + version + "; GET /api/v1/fleet/versions lists them"));
    }

    /** The same under the name that files may refer to already. */
    @GET
    @Path("fleet-schema.json")
    @Produces("application/schema+json")
    public byte[] schemaFile() throws IOException {
        return schema();
    }

    /** The JSON Schema of the fleet file, for editors. */
    @GET
    @Path("fleet/schema")
    @Produces("application/schema+json")
    public byte[] schema() throws IOException {
        try (var in = FleetResource.class.getResourceAsStream(SCHEMA)) {
            if (in == null) {
                throw new IllegalStateException("a missing schema is a bug");
            }
            return in.readAllBytes();
        }
    }
}
