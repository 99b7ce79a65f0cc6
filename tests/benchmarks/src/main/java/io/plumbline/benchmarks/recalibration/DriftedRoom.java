package io.plumbline.benchmarks.recalibration;

import io.plumbline.benchmarks.real.Room;
import io.plumbline.cli.client.RegistryClient;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.inference.Tensor;
import io.plumbline.support.Leaks;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code occ5}: the room leaves the ranges of the days that it was calibrated on, and INT8 leaves FP32; ranges of the new days mend it. */
public final class DriftedRoom {

    private static final SiteId NORTH = new SiteId("north");
    private static final SiteId SOUTH = new SiteId("south");
    private static final LocalDate MONDAY = LocalDate.of(2015, 2, 9);
    private static final LocalDate TUESDAY = LocalDate.of(2015, 2, 10);

    private DriftedRoom() {}

    /**
     * How it went.
     *
     * @param job what the registry made of it
     * @param logitsBefore mean difference of the logits from FP32 over all windows that the gateways saw
     * @param sealed of what left the gateways
     */
    public record Result(Recalibration job, double logitsBefore, double logitsAfter, Sealed sealed) {}

    /**
     * Plays the first two working days after those of the training, half of them on each of two sites, on one of which people label, and
     * recalibrates by the command line.
     *
     * @param data the shared files
     * @param folder for everything that the services write
     */
    public static Result play(Path data, Path folder) throws Exception {
        return play(data, folder, Map.of());
    }

    /**
     * The same.
     *
     * @param settings of all services, beside those that this needs
     */
    public static Result play(Path data, Path folder, Map<String, String> settings) throws Exception {
        var room = Room.five(data);
        var leaks = new Leaks();
        var all = new HashMap<>(RoomFleet.SETTINGS);
        all.putAll(settings);
        try (var estate = Estate.start(folder, leaks, all)) {
            var running = RoomFleet.open(estate, room, data, List.of(NORTH, SOUTH));
            var days = room.on(day -> day.equals(MONDAY) || day.equals(TUESDAY));
            var half = days.size() / 2;
            try (var north = new RoomVoice(room, NORTH, estate, leaks);
                    var south = new RoomVoice(room, SOUTH, estate, leaks)) {
                north.say(days.subList(0, half), true);
                south.say(days.subList(half, days.size()), false);
                estate.awaitResults(north.said() + south.said());
            }
            var job = Recalibration.of(estate, new ModelName(room.model()));
            estate.drain();
            var builds = new RegistryClient(estate.registry());
            var windows =
                    days.stream().flatMap(minute -> minute.window().stream()).toList();
            return new Result(
                    job,
                    distance(builds, room, running, windows),
                    distance(builds, room, job.candidate(), windows),
                    Sealed.of(leaks));
        }
    }

    private static double distance(RegistryClient builds, Room room, Digest build, List<Tensor> windows)
            throws Exception {
        return Logits.distance(builds.pull(new ModelName(room.model()), build), windows);
    }
}
