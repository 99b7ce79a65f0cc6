package io.plumbline.benchmarks.recalibration;

import io.plumbline.benchmarks.real.Room;
import io.plumbline.contract.Topics;
import io.plumbline.contract.artifact.RecalibrationView;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.message.Verdict;
import io.plumbline.contract.wire.Json;
import io.plumbline.support.Leaks;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** {@code occ2}: what the room's temperature and CO2 mean has changed. INT8 does as FP32 does, both are wrong, and no ranges can help. */
public final class HopelessRoom {

    private static final SiteId NORTH = new SiteId("north");
    private static final LocalDate FIRST = LocalDate.of(2015, 2, 12);
    private static final Instant END = Instant.parse("2015-02-13T12:00:00Z");
    /* The last half hour is complete when somebody says more. */
    private static final Instant JUDGED = Instant.parse("2015-02-13T11:30:00Z");

    private HopelessRoom() {}

    /**
     * How it went.
     *
     * @param verdict the processor's last word of the room
     * @param posted answer to the demand over HTTP
     * @param status of that answer
     * @param command what the command line said to the same demand
     * @param requests recalibrations that anybody else asked for
     * @param sealed of what left the gateways
     */
    public record Result(
            ModelHealth verdict,
            RecalibrationView posted,
            int status,
            Command.Said command,
            long requests,
            Sealed sealed) {}

    /**
     * Plays a day and a half, every reading labelled, then asks for a recalibration by hand, when the processor's verdict has long been on
     * its topic.
     *
     * @param data the shared files
     * @param folder for everything that the services write
     */
    public static Result play(Path data, Path folder) throws Exception {
        var room = Room.two(data);
        var leaks = new Leaks();
        try (var estate = Estate.start(folder, leaks, RoomFleet.SETTINGS)) {
            var unused = RoomFleet.open(estate, room, data, List.of(NORTH));
            estate.startProcessor();
            try (var voice = new RoomVoice(room, NORTH, estate, leaks)) {
                voice.say(
                        room.on(day -> !day.isBefore(FIRST)).stream()
                                .filter(minute -> minute.time().isBefore(END))
                                .toList(),
                        true);
                estate.awaitResults(voice.said());
            }
            var verdict = estate.await("CONCEPT_DRIFT", () -> hopeless(estate));
            var posted = post(estate, room);
            var command = estate.command(
                    "recalibrate", room.model(), "--registry", estate.registry().toString());
            estate.drain();
            return new Result(
                    verdict,
                    Json.decode(posted.body(), RecalibrationView.class),
                    posted.statusCode(),
                    command,
                    estate.heard(Topics.RECALIBRATIONS),
                    Sealed.of(leaks));
        }
    }

    private static Optional<ModelHealth> hopeless(Estate estate) {
        return estate.newest(Topics.MODEL_HEALTH)
                .map(bytes -> Json.decode(bytes, ModelHealth.class))
                .filter(health -> health.verdict() == Verdict.CONCEPT_DRIFT
                        && !health.to().isBefore(JUDGED));
    }

    private static HttpResponse<byte[]> post(Estate estate, Room room) throws Exception {
        var demand = new RecalibrationView.Demand(
                Optional.empty(), new ModelName(room.model()), Optional.empty(), List.of(), "ada", "", false);
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(estate.registry().resolve("/api/v1/recalibrations"))
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofByteArray(Json.encode(demand)))
                                .build(),
                        BodyHandlers.ofByteArray());
    }
}
