package io.plumbline.registry.adapter.http;

import io.plumbline.contract.artifact.RecalibrationView;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.database.StoreUnavailableException;
import io.plumbline.registry.adapter.operator.Requester;
import io.plumbline.registry.core.job.Demand;
import io.plumbline.registry.core.job.Job;
import io.plumbline.registry.core.job.JobStore;
import io.plumbline.registry.core.job.NotNowException;
import io.plumbline.registry.core.job.Recalibrations;
import io.plumbline.registry.core.job.UnknownJobException;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Recalibrations: ask for one, look at them, follow one, end one. */
@Path("/api/v1/recalibrations")
@Blocking
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public final class RecalibrationResource {

    private static final int MOST = 500;
    /** Blobs may be as large as the disk, and so the server sets no bound of its own. */
    private static final int LARGEST = 64 << 10;

    private static final Duration LOOK = Duration.ofMillis(500);

    private final Recalibrations recalibrations;
    private final JobStore store;
    private final Requester requester;

    RecalibrationResource(Recalibrations recalibrations, JobStore store, Requester requester) {
        this.recalibrations = recalibrations;
        this.store = store;
        this.requester = requester;
    }

    /** 202 for a job that goes on, 200 for one that is over, which is what a refused demand is at once. */
    @POST
    public Response demand(InputStream body) throws NotNowException, UnknownJobException, IOException {
        var content = body.readNBytes(LARGEST + 1);
        if (content.length > LARGEST) {
            throw new BadRequest("a demand may have at most " + LARGEST + " bytes");
        }
        var wanted = read(content);
        var because = "asked for by " + requester.noted(wanted.by())
                + (wanted.because().isBlank() ? "" : ": " + wanted.because());
        var job = recalibrations.demanded(new Demand(
                wanted.id().orElseGet(() -> "hand-" + UUID.randomUUID()),
                wanted.model(),
                wanted.build(),
                wanted.sites(),
                because,
                wanted.force()));
        return Response.status(job.isOver() ? 200 : 202).entity(whole(job)).build();
    }

    private static RecalibrationView.Demand read(byte[] body) {
        try {
            return Json.decodeExactly(body, RecalibrationView.Demand.class);
        } catch (MalformedMessageException e) {
            throw new BadRequest(
                    "the body must be {\"model\": \"NAME\", \"sites\": [], \"by\": \"WHO\", \"because\": \"\", \"force\": false}: "
                            + e.getMessage(),
                    e);
        }
    }

    /** Newest first, without their histories. */
    @GET
    public byte[] list(@QueryParam("limit") @DefaultValue("50") int limit) {
        return Json.encode(store.newest(Math.max(1, Math.min(MOST, limit))).stream()
                .map(job -> JobViews.of(job, List.of()))
                .toList());
    }

    @GET
    @Path("{id}")
    public byte[] show(@PathParam("id") String id) throws UnknownJobException {
        return whole(store.find(id).orElseThrow(() -> new UnknownJobException(id)));
    }

    /** What has moved the job so far, and whatever moves it further, until it is over. */
    @GET
    @Path("{id}/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<String> follow(@PathParam("id") String id) throws UnknownJobException {
        if (store.find(id).isEmpty()) {
            throw new UnknownJobException(id);
        }
        var trail = new Trail(store, id);
        return Multi.createFrom()
                .ticks()
                .every(LOOK)
                .onOverflow()
                .drop()
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(tick -> trail.next())
                .select()
                .first(stretch -> !stretch.isEnd())
                .onItem()
                .transformToIterable(Trail.Stretch::lines)
                .map(line -> new String(Json.encode(line), StandardCharsets.UTF_8));
    }

    @DELETE
    @Path("{id}")
    public byte[] cancel(@PathParam("id") String id, @QueryParam("by") @DefaultValue("a person") String by)
            throws NotNowException, UnknownJobException {
        return whole(recalibrations.cancel(id, requester.noted(by)));
    }

    private byte[] whole(Job job) {
        return Json.encode(JobViews.of(job, store.history(job.id())));
    }

    /** A body that is not understood. */
    static final class BadRequest extends RuntimeException {

        private static final long serialVersionUID = 1L;

        BadRequest(String message) {
            super(message);
        }

        BadRequest(String message, Throwable cause) {
            super(message, cause);
        }
    }

    @ServerExceptionMapper
    Response notNow(NotNowException e) {
        return Problems.answer(409, e);
    }

    @ServerExceptionMapper
    Response unknown(UnknownJobException e) {
        return Problems.answer(404, e);
    }

    @ServerExceptionMapper
    Response malformed(BadRequest e) {
        return Problems.answer(400, e);
    }

    @ServerExceptionMapper
    Response unavailable(StoreUnavailableException e) {
        return Problems.answer(503, e);
    }
}
