package io.plumbline.fleet.adapter.http;

import io.plumbline.contract.declared.AppliedFile;
import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.Require;
import io.plumbline.fleet.adapter.operator.Requester;
import io.plumbline.fleet.adapter.store.SqlHistory;
import io.plumbline.fleet.adapter.yaml.FleetYaml;
import io.plumbline.fleet.core.control.Authorship;
import io.plumbline.fleet.core.control.ControlPlane;
import io.plumbline.fleet.core.control.UnknownNameException;
import io.plumbline.fleet.core.spec.InvalidFleetException;
import io.plumbline.fleet.core.view.Differences;
import io.plumbline.fleet.core.view.Inventory;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** The fleet file and its versions. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
public final class FleetResource {

    private static final String YAML = "application/yaml";
    private static final String SCHEMA = "/io/plumbline/fleet/fleet.schema.json";

    private static final Pattern IF_MATCH = Pattern.compile("\"([0-9]{1,18})\"");

    private final ControlPlane control;
    private final SqlHistory history;
    private final Requester requester;

    FleetResource(ControlPlane control, SqlHistory history, Requester requester) {
        this.control = control;
        this.history = history;
        this.requester = requester;
    }

    /**
     * Applies a fleet file, all of it or nothing.
     *
     * @param author who asks for it
     * @param reason why
     * @param ifMatch the version that must be in force, in quotes as in an ETag, 0 for none; empty for any
     */
    @PUT
    @Path("fleet")
    @Consumes(MediaType.WILDCARD)
    public byte[] apply(
            String text,
            @QueryParam("author") @DefaultValue("") String author,
            @QueryParam("reason") @DefaultValue("") String reason,
            @HeaderParam(HttpHeaders.IF_MATCH) @DefaultValue("") String ifMatch)
            throws InvalidFleetException {
        var by = BadRequest.unless(said -> new Authorship(requester.noted(author), said), reason);
        var onto = BadRequest.unless(FleetResource::onto, ifMatch);
        var applied = control.apply(text, FleetYaml.parse(text), by, onto);
        var generations = new LinkedHashMap<GatewayId, Long>();
        control.state().inForce().forEach((Assignment one) -> generations.put(one.gateway(), one.generation()));
        return Json.encode(new AppliedFile(
                applied.version().version(),
                applied.changed(),
                applied.version().appliedAt(),
                generations));
    }

    private static OptionalLong onto(String ifMatch) {
        if (ifMatch.isEmpty()) {
            return OptionalLong.empty();
        }
        var quoted = IF_MATCH.matcher(ifMatch);
        Require.that(
                quoted.matches(),
                "If-Match " + ifMatch + " must be the number of a version in quotes, such as \"7\", or \"0\" for none");
        return OptionalLong.of(Long.parseLong(quoted.group(1)));
    }

    /** What applying a fleet file would change; changes nothing. */
    @POST
    @Path("fleet/diff")
    @Consumes(MediaType.WILDCARD)
    public byte[] diff(String text) throws InvalidFleetException {
        return Json.encode(Differences.of(control.preview(text, FleetYaml.parse(text))));
    }

    /** The gateways, models and streams of the file in force. */
    @GET
    @Path("fleet/inventory")
    public byte[] inventory() {
        return Json.encode(Inventory.of(control.state()));
    }

    /** The file in force, as it was applied. */
    @GET
    @Path("fleet")
    @Produces(YAML)
    public Response current() throws UnknownNameException {
        var version = control.state()
                .version()
                .orElseThrow(() -> new UnknownNameException("no fleet file has been applied yet"));
        return Response.ok(version.text()).tag(Long.toString(version.version())).build();
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
