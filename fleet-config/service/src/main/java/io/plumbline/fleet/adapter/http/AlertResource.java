package io.plumbline.fleet.adapter.http;

import io.plumbline.contract.fleet.AlertBoard;
import io.plumbline.contract.fleet.AlertSilence;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.Alert;
import io.plumbline.contract.message.AlertKind;
import io.plumbline.contract.message.AlertSeverity;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.fleet.adapter.operator.Requester;
import io.plumbline.fleet.adapter.sink.PostOffice;
import io.plumbline.fleet.core.alert.AlertBook;
import io.plumbline.fleet.core.alert.AlertDesk;
import io.plumbline.fleet.core.control.Authorship;
import io.plumbline.fleet.core.control.NotNowException;
import io.plumbline.fleet.core.control.UnknownNameException;
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
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;

/** Alerts: look at them, say who looks after one, hold some back for a time. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public final class AlertResource {

    private static final int ID_DIGITS = 8;
    /** Every database that may be beneath can write it down. */
    private static final Instant FARTHEST = Instant.parse("9999-12-31T23:59:59Z");

    private final AlertDesk desk;
    private final PostOffice post;
    private final Clock clock;
    private final Requester requester;

    AlertResource(AlertDesk desk, PostOffice post, Clock clock, Requester requester) {
        this.desk = desk;
        this.post = post;
        this.clock = clock;
        this.requester = requester;
    }

    /** @param note may be left out */
    record Acknowledge(String by, Optional<String> note) {}

    /** @param lasting how long from its beginning; or {@code until} when */
    record Silence(
            Optional<ModelName> model,
            Optional<SiteId> site,
            Optional<AlertKind> kind,
            Optional<AlertSeverity> severity,
            Optional<Instant> from,
            Optional<Instant> until,
            Optional<Duration> lasting,
            String by,
            String reason) {}

    /** Every alert that is remembered, the silences, and how the telling goes. */
    @GET
    @Path("alerts")
    public byte[] board() {
        var book = desk.book();
        return Json.encode(new AlertBoard(
                book.entries().values().stream()
                        .map(AlertBook.Entry::alert)
                        .sorted(Comparator.comparing(Alert::open)
                                .thenComparing(Alert::severity)
                                .thenComparing(Alert::lastSeen)
                                .thenComparing(Alert::id)
                                .reversed())
                        .toList(),
                book.silences().values().stream()
                        .sorted(Comparator.comparing(AlertSilence::until).thenComparing(AlertSilence::id))
                        .toList(),
                post.standing()));
    }

    @GET
    @Path("alerts/{id}")
    public byte[] show(@PathParam("id") String id) throws UnknownNameException {
        var entry = desk.book().entries().get(id);
        if (entry == null) {
            throw new UnknownNameException("there is no alert '" + id + "'; GET /api/v1/alerts lists them");
        }
        return Json.encode(entry.alert());
    }

    @POST
    @Path("alerts/{id}/acknowledge")
    public byte[] acknowledge(@PathParam("id") String id, byte[] body) throws UnknownNameException, NotNowException {
        var said = read(body, Acknowledge.class, "{\"by\": \"WHO\", \"note\": \"TEXT\"}");
        if (said.by().isBlank()) {
            throw new BadRequest("by must say who acknowledges the alert");
        }
        return Json.encode(
                desk.acknowledge(id, requester.noted(said.by()), said.note().orElse("")));
    }

    /** Begins a silence: 201 with it. */
    @POST
    @Path("silences")
    public Response silence(byte[] body) throws NotNowException {
        var said = read(body, Silence.class, "{\"by\": \"WHO\", \"reason\": \"WHY\", \"lasting\": \"PT2H\", ...}");
        var silence = silence(said);
        desk.silence(silence);
        return Response.status(201).entity(Json.encode(silence)).build();
    }

    private AlertSilence silence(Silence said) {
        if (said.until().isPresent() == said.lasting().isPresent()) {
            throw new BadRequest("a silence needs one of until and lasting");
        }
        var from = said.from().orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.MILLIS));
        var id = "s-" + UUID.randomUUID().toString().substring(0, ID_DIGITS);
        try {
            var author = new Authorship(requester.noted(said.by()), said.reason());
            var until = said.until().or(() -> said.lasting().map(from::plus)).orElseThrow();
            if (until.isAfter(FARTHEST)) {
                throw new BadRequest("until " + until + " must not be after " + FARTHEST);
            }
            return new AlertSilence(
                    id,
                    said.model(),
                    said.site(),
                    said.kind(),
                    said.severity(),
                    from,
                    until,
                    author.author(),
                    author.reason());
        } catch (IllegalArgumentException e) {
            throw new BadRequest(String.valueOf(e.getMessage()), e);
        } catch (DateTimeException | ArithmeticException e) {
            throw new BadRequest("lasting must not lead beyond " + FARTHEST, e);
        }
    }

    /**
     * Ends a silence.
     *
     * @param by who wants it; empty if nobody says
     */
    @DELETE
    @Path("silences/{id}")
    public void unsilence(@PathParam("id") String id, @QueryParam("by") @DefaultValue("") String by)
            throws UnknownNameException {
        desk.unsilence(
                id,
                BadRequest.unless(who -> new Authorship(requester.noted(who), ""), by.strip())
                        .author());
    }

    private static <T> T read(byte[] body, Class<T> type, String form) {
        try {
            return Json.decodeExactly(body, type);
        } catch (MalformedMessageException e) {
            throw new BadRequest("the body must be " + form + ": " + e.getMessage(), e);
        }
    }
}
