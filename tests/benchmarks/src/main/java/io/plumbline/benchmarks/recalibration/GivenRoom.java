package io.plumbline.benchmarks.recalibration;

import io.plumbline.benchmarks.real.Room;
import io.plumbline.contract.artifact.RecalibrationView;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.wire.Json;
import io.plumbline.inference.Npy;
import io.plumbline.inference.Tensor;
import io.plumbline.support.Leaks;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code occ5}: people ask for readings to train on, of a site whose owner first gives none and then a few. */
public final class GivenRoom {

    /** So many the owner gives. */
    public static final int GIVEN = 8;

    private static final SiteId NORTH = new SiteId("north");
    private static final LocalDate MONDAY = LocalDate.of(2015, 2, 9);

    private GivenRoom() {}

    /**
     * How it went.
     *
     * @param refusal what the history told while the owner gave nothing
     * @param keptBefore files in the registry's folder of samples then
     * @param given what the registry handed out when the owner gave some
     * @param said readings that the site really had
     * @param statusAfter of the same question after they were deleted
     * @param keptAfter files then
     * @param history of the recalibration at the end
     */
    public record Result(
            String refusal,
            long keptBefore,
            Tensor given,
            List<Room.Minute> said,
            int statusAfter,
            long keptAfter,
            List<String> history) {}

    /**
     * Plays a day, recalibrates, and asks for samples by the command line, before and after the owner gives any.
     *
     * @param data the shared files
     * @param folder for everything that the services write
     */
    public static Result play(Path data, Path folder) throws Exception {
        var room = Room.five(data);
        try (var estate = Estate.start(folder, new Leaks(), RoomFleet.SETTINGS)) {
            var sites = List.of(NORTH);
            var build = RoomFleet.open(estate, room, data, sites);
            var day = room.on(MONDAY::equals);
            try (var voice = new RoomVoice(room, NORTH, estate, new Leaks())) {
                voice.say(day, false);
                estate.awaitResults(voice.said());
            }
            var job = command(estate, "recalibrate", room.model(), "--wait")
                    .request()
                    .id();
            var refusal = ask(estate, job, " gave no samples: ");
            var keptBefore = files(folder);
            RoomFleet.give(estate, room, sites, build, GIVEN);
            var unused = estate.await("samples", () -> given(estate, job));
            var given = Npy.read(samples(estate, job).body());
            var deleted = command(estate, "recalibrations", job, "--delete-samples", "--by", "ada");
            return new Result(
                    refusal,
                    keptBefore,
                    given,
                    day,
                    samples(estate, job).statusCode(),
                    files(folder),
                    deleted.history().stream().map(RecalibrationView.Line::what).toList());
        }
    }

    /** Asks until the gateway has heard of its owner's new mind. */
    private static Optional<String> given(Estate estate, String job) throws Exception {
        var told = ask(estate, job, RoomFleet.gateway(NORTH) + " on ");
        return told.contains(" gave " + GIVEN + " windows") ? Optional.of(told) : Optional.empty();
    }

    /** The line of the history in which the gateway answered this question. */
    private static String ask(Estate estate, String job, String words) throws Exception {
        var before = command(estate, "recalibrations", job).history().size();
        var unused = command(estate, "recalibrations", job, "--ask-samples", "--by", "ada");
        return estate.await(
                "an answer to --ask-samples",
                () -> command(estate, "recalibrations", job).history().stream()
                        .skip(before)
                        .map(RecalibrationView.Line::what)
                        .filter(line -> line.contains(words))
                        .findFirst());
    }

    private static RecalibrationView command(Estate estate, String... words) throws Exception {
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--json", "--registry", estate.registry().toString()));
        var said = estate.command(all.toArray(String[]::new));
        if (said.exit() != 0) {
            throw new IllegalStateException(String.join(" ", words) + " ended with " + said);
        }
        return Json.decode(said.out().getBytes(StandardCharsets.UTF_8), RecalibrationView.class);
    }

    private static HttpResponse<byte[]> samples(Estate estate, String job) throws Exception {
        var path = "/api/v1/recalibrations/" + job + "/samples/" + RoomFleet.gateway(NORTH);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(estate.registry().resolve(path)).build(), BodyHandlers.ofByteArray());
    }

    private static long files(Path folder) throws Exception {
        var samples = folder.resolve("registry").resolve("samples");
        if (!Files.exists(samples)) {
            return 0;
        }
        try (var all = Files.walk(samples)) {
            return all.filter(Files::isRegularFile).count();
        }
    }
}
