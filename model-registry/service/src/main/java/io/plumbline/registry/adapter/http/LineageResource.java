package io.plumbline.registry.adapter.http;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.Require;
import io.plumbline.database.StoreUnavailableException;
import io.plumbline.registry.core.build.Catalog;
import io.plumbline.registry.core.sighting.SightingStore;
import io.plumbline.registry.core.sighting.Sightings;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Where builds come from, and where they run and ran. */
@Path("/api/v1/lineage")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
public final class LineageResource {

    private static final Logger LOG = Logger.getLogger(LineageResource.class);

    private final Catalog catalog;
    private final Sightings heard;
    private final SightingStore sightings;
    private final Clock clock;

    LineageResource(Catalog catalog, Sightings heard, SightingStore sightings, Clock clock) {
        this.catalog = catalog;
        this.heard = heard;
        this.sightings = sightings;
        this.clock = clock;
    }

    /** Builds that were made from this calibration, read from the artifacts. */
    @GET
    @Path("calibrations/{digest}")
    public Response calibration(@PathParam("digest") String text) {
        return Digest.isValid(text)
                ? Response.ok(Json.encode(catalog.calibratedFrom(new Digest(text))))
                        .build()
                : wrong("'" + text + "' is no digest like sha256:...");
    }

    /** Every stretch in which this build ran somewhere; those that go on first. */
    @GET
    @Path("builds/{digest}")
    public Response build(@PathParam("digest") String text) {
        return Digest.isValid(text)
                ? Response.ok(Json.encode(sightings.of(new Digest(text)))).build()
                : wrong("'" + text + "' is no digest like sha256:...");
    }

    /** What a gateway ran at a moment, now if none is given; or every stretch between two. */
    @GET
    @Path("gateways/{gateway}")
    public Response gateway(
            @PathParam("gateway") String name,
            @QueryParam("at") @Nullable String at,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to) {
        var gateway = GatewayId.parse(name);
        if (gateway.isEmpty()) {
            return wrong("'" + name + "' is no gateway's name");
        }
        try {
            if (from == null && to == null) {
                var found = sightings.at(gateway.get(), moment("at", at, clock.instant()));
                return Response.ok(Json.encode(found)).build();
            }
            var begin = moment("from", from, Instant.EPOCH);
            var end = moment("to", to, clock.instant());
            Require.that(at == null, "at '" + at + "' is one moment; leave it out, or from and to");
            Require.that(begin.isBefore(end), "from " + begin + " must be before to " + end);
            return Response.ok(Json.encode(sightings.between(gateway.get(), begin, end)))
                    .build();
        } catch (IllegalArgumentException e) {
            return wrong(String.valueOf(e.getMessage()));
        }
    }

    /** A gateway that is gone for good: what it ran last may be deleted. What it ran stays known. */
    @DELETE
    @Path("gateways/{gateway}")
    public Response forget(@PathParam("gateway") String name) {
        var gateway = GatewayId.parse(name);
        if (gateway.isEmpty()) {
            return wrong("'" + name + "' is no gateway's name");
        }
        try {
            var ended = heard.forget(gateway.get());
            LOG.infof("gateway-forgotten gateway=%s count=%s", gateway.get(), ended.size());
            return Response.ok(Json.encode(ended)).build();
        } catch (IllegalStateException e) {
            return Problems.answer(409, e);
        }
    }

    private static Instant moment(String name, @Nullable String text, Instant otherwise) {
        try {
            return text == null ? otherwise : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    name + " '" + text + "' must be a moment such as 2026-11-22T06:00:00Z", e);
        }
    }

    private static Response wrong(String error) {
        return Problems.answer(400, error);
    }

    @ServerExceptionMapper
    Response unavailable(StoreUnavailableException e) {
        return Problems.answer(503, e);
    }
}
