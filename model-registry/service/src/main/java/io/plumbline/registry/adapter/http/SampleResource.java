package io.plumbline.registry.adapter.http;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.wire.Json;
import io.plumbline.database.StoreUnavailableException;
import io.plumbline.registry.adapter.operator.Requester;
import io.plumbline.registry.core.job.NotNowException;
import io.plumbline.registry.core.job.UnknownJobException;
import io.plumbline.registry.core.sample.SampleRules;
import io.plumbline.registry.core.sample.Samples;
import io.plumbline.registry.core.sample.TooManySamplesException;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Samples of a recalibration: ask for them, give them, look at them, delete them. */
@Path("/api/v1/recalibrations/{id}/samples")
@Blocking
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public final class SampleResource {

    private final Samples samples;
    private final SampleRules rules;
    private final Requester requester;

    SampleResource(Samples samples, SampleRules rules, Requester requester) {
        this.samples = samples;
        this.rules = rules;
        this.requester = requester;
    }

    /** For a person; answered before any gateway has given anything. */
    @POST
    public Response ask(@PathParam("id") String id, @QueryParam("by") @DefaultValue("a person") String by)
            throws UnknownJobException {
        samples.ask(id, requester.noted(by));
        return Response.accepted().build();
    }

    /** For gateways. */
    @PUT
    @Path("{gateway}")
    public Response take(@PathParam("id") String id, @PathParam("gateway") String gateway, InputStream body)
            throws IOException, UnknownJobException, NotNowException, TooManySamplesException {
        // a byte more than may be: that is enough to refuse it
        samples.take(id, new GatewayId(gateway), body.readNBytes(Math.toIntExact(rules.bytes() + 1)));
        return Response.noContent().build();
    }

    @GET
    public byte[] list(@PathParam("id") String id) {
        return Json.encode(samples.kept(id));
    }

    @GET
    @Path("{gateway}")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public Response get(@PathParam("id") String id, @PathParam("gateway") String gateway) {
        return samples.get(id, new GatewayId(gateway))
                .map(npy -> Response.ok(npy).build())
                .orElseGet(
                        () -> Problems.answer(404, "there are no samples of " + gateway + " for recalibration " + id));
    }

    @DELETE
    public Response delete(@PathParam("id") String id, @QueryParam("by") @DefaultValue("a person") String by)
            throws UnknownJobException {
        samples.delete(id, requester.noted(by));
        return Response.noContent().build();
    }

    @ServerExceptionMapper
    Response malformed(IllegalArgumentException e) {
        return Problems.answer(400, e);
    }

    @ServerExceptionMapper
    Response unknown(UnknownJobException e) {
        return Problems.answer(404, e);
    }

    @ServerExceptionMapper
    Response notNow(NotNowException e) {
        return Problems.answer(409, e);
    }

    @ServerExceptionMapper
    Response tooMany(TooManySamplesException e) {
        return Problems.answer(413, e);
    }

    @ServerExceptionMapper
    Response unavailable(StoreUnavailableException e) {
        return Problems.answer(503, e);
    }
}
