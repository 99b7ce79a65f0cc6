package io.plumbline.benchmarks.real;

import io.plumbline.benchmarks.Figures;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.detection.Detection;
import io.plumbline.inference.detection.Pairing;
import io.plumbline.inference.image.ImageStatistics;
import io.plumbline.inference.model.ModelPackage;
import io.plumbline.judging.policy.JudgingPolicy;
import io.plumbline.quantizer.vision.Camera;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An aisle of a shop by day, and the same frames while it grows dark; a frame every half minute. Who is there is what is found by day.
 */
final class Aisle {

    private static final DeviceId DEVICE = new DeviceId("aisle");
    private static final Duration BETWEEN_FRAMES = Duration.ofSeconds(30);
    private static final Instant START = Instant.parse("2026-01-01T16:00:00Z");
    private static final int FRAMES = 67;
    private static final int RECENT = 10;
    private static final int PERSON = 0;
    /* 30 frames of two or three boxes each. */
    private static final JudgingPolicy POLICY =
            JudgingPolicy.DEFAULT.with(Map.of("horizon", "PT15M", "min-compared", "50"));

    private final Camera camera;
    private final Path data;
    private final List<List<Detection>> byDay = new ArrayList<>();
    private final List<Integer> missed = new ArrayList<>();
    private double scoresByDay;
    private double scoresAtDusk;
    private int foundAtDusk;

    private Aisle(Camera camera, Path data) {
        this.camera = camera;
        this.data = data;
    }

    static void measure(Path data, Figures figures) throws Exception {
        var aisle = new Aisle(Camera.of("fastestdet.yaml"), data);
        var fp32 = Files.readAllBytes(data.resolve("models/fastestdet_coco_352.onnx"));
        List<Tensor> samples = aisle.camera.frames(data.resolve("camera/store_aisle"), ".*", 2);
        try (var model = Static.build(fp32, aisle.camera.card(), samples)) {
            aisle.play(model, figures);
        }
    }

    private Tensor frame(String folder, int index) throws IOException {
        var name = String.format(Locale.ROOT, ".*f%05d", index);
        return camera.frames(data.resolve("camera/" + folder), name, 1).get(0);
    }

    private void play(ModelPackage model, Figures figures) throws IOException {
        var station = new Station(model, Duration.ofMinutes(1), POLICY);
        var statistics = new ImageStatistics(camera.card().image());
        for (int i = 0; i < 2 * FRAMES; i++) {
            var isDusk = i >= FRAMES;
            var frame = frame(isDusk ? "store_aisle_dusk" : "store_aisle", i % FRAMES);
            var said = station.take(DEVICE, at(i), statistics.of(frame, 0), Optional.of(frame), Optional.empty())
                    .orElseThrow();
            var persons = said.int8().detections().stream()
                    .filter(one -> one.label() == PERSON)
                    .toList();
            if (isDusk) {
                missed.add(Pairing.of(persons, byDay.get(i - FRAMES)).missed().size());
                scoresAtDusk += persons.stream().mapToDouble(Detection::score).sum();
                foundAtDusk += persons.size();
            } else {
                byDay.add(persons);
                scoresByDay += persons.stream().mapToDouble(Detection::score).sum();
            }
        }
        tell(station, figures);
    }

    private static Instant at(int frame) {
        return START.plus(BETWEEN_FRAMES.multipliedBy(frame));
    }

    private void tell(Station station, Figures figures) {
        var persons = byDay.stream().mapToInt(List::size).sum();
        System.out.printf(
                Locale.ROOT,
                "aisle: persons %d by day of mean score %.3f, %d at dusk of mean score %.3f%n",
                persons,
                scoresByDay / persons,
                foundAtDusk,
                scoresAtDusk / foundAtDusk);
        System.out.println("missed " + missed);
        new Timeline("aisle", station).tell();
        var half = halfMissed();
        System.out.println("half are missed at " + half + " dusk begins " + at(FRAMES));
        figures.add(
                "duskMinutesToHalfMissed", Duration.between(at(FRAMES), half).toSeconds() / 60.0);
    }

    /** The frame from which at least half of the persons of the last ten are missed. */
    private Instant halfMissed() {
        for (int i = RECENT; i <= FRAMES; i++) {
            var lost = missed.subList(i - RECENT, i).stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            var there =
                    byDay.subList(i - RECENT, i).stream().mapToInt(List::size).sum();
            if (there > 0 && 2 * lost >= there) {
                return at(FRAMES + i - 1);
            }
        }
        return Instant.MAX;
    }
}
