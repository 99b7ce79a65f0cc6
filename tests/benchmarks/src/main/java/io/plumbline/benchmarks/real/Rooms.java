package io.plumbline.benchmarks.real;

import io.plumbline.benchmarks.Figures;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.message.Verdict;
import io.plumbline.drift.chance.Proportion;
import io.plumbline.inference.model.ModelPackage;
import io.plumbline.judging.cohort.Evaluation;
import io.plumbline.judging.policy.JudgingPolicy;
import io.plumbline.judging.recalibration.StaleSignal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The room under two models, from 8 February on, day by day; and 5 February, which is like the days that they were trained on. */
final class Rooms {

    private static final DeviceId DEVICE = new DeviceId("room");
    /* A day, since the room has one: the processor's documentation asks for that. */
    private static final JudgingPolicy POLICY =
            JudgingPolicy.DEFAULT.with(Map.of("horizon", "P1D", "retention", "P8D"));
    private static final Duration WINDOW = Duration.ofMinutes(30);

    private final Room room;
    private final ModelPackage model;
    private final Figures figures;

    private Rooms(Room room, ModelPackage model, Figures figures) {
        this.room = room;
        this.model = model;
        this.figures = figures;
    }

    /** Which answers somebody labels. */
    private enum Labels {
        EVERY,
        /** Those of 5 February, which is played first. */
        OF_ONE_DAY,
        NONE
    }

    static void measure(Path data, Figures figures) throws Exception {
        for (var room : List.of(Room.five(data), Room.two(data))) {
            try (var model = room.build(data)) {
                var rooms = new Rooms(room, model, figures);
                rooms.quiet();
                for (var labels : Labels.values()) {
                    rooms.later(labels);
                }
            }
        }
    }

    private void quiet() {
        var played = new Played();
        play(room.on(Room.HELD_OUT::equals), true, played);
        var timeline = new Timeline(room.model() + " on 5 February", played.station);
        timeline.tell();
        figures.add("realQuietAlarms." + room.model(), timeline.alarms().size());
    }

    private void later(Labels labels) {
        var played = new Played();
        if (labels == Labels.OF_ONE_DAY) {
            play(room.on(Room.HELD_OUT::equals), true, played);
        }
        play(room.on(day -> !day.isBefore(Room.LATER)), labels == Labels.EVERY, played);
        var name = room.model() + ".labels-"
                + labels.name().toLowerCase(Locale.ROOT).replace('_', '-');
        System.out.println(name);
        played.days.forEach((day, d) -> System.out.println("| " + day + " | " + d.inWords(day, played.station) + " |"));
        new Timeline(name, played.station).tell();
        count(name, played);
    }

    private final class Played {
        private final Station station = new Station(model, WINDOW, POLICY);
        private final Fp32 fp32 = new Fp32(POLICY.evaluation().verdicts());
        private final Map<LocalDate, Day> days = new TreeMap<>();
    }

    private static void play(List<Room.Minute> minutes, boolean labelled, Played played) {
        for (var minute : minutes) {
            var truth = Optional.of(minute.truth()).filter(t -> labelled);
            played.station
                    .take(DEVICE, minute.time(), minute.values(), minute.window(), truth)
                    .ifPresent(said -> {
                        played.fp32.said(minute.time(), minute.truth(), said.fp32());
                        played.days
                                .computeIfAbsent(minute.day(), key -> new Day())
                                .said(said, minute.truth());
                    });
        }
    }

    private void count(String name, Played played) {
        var later = played.station.evaluations().stream()
                .filter(said -> !Room.dayOf(said.to()).isBefore(Room.LATER))
                .toList();
        var fallen = later.stream()
                .filter(said -> played.fp32.fell(said.from(), said.to()))
                .toList();
        figures.share(name + ".stale", new Proportion(number(later, Verdict.CALIBRATION_STALE), later.size()));
        figures.share(
                name + ".conceptWhileFp32Fell", new Proportion(number(fallen, Verdict.CONCEPT_DRIFT), fallen.size()));
        var fell = fallen.stream().map(Evaluation::to).findFirst().orElse(Instant.MAX);
        var before = later.stream().filter(said -> said.to().isBefore(fell)).toList();
        figures.add(name + ".conceptBeforeFp32Fell", number(before, Verdict.CONCEPT_DRIFT));
        var first = new Timeline(name, played.station).first(Instant.MIN, Verdict.CONCEPT_DRIFT::equals);
        var requests = played.station.requests().stream().map(StaleSignal::at).toList();
        figures.add(name + ".requests", requests.size());
        figures.add(
                name + ".requestsAfterConcept",
                requests.stream()
                        .filter(at -> first.filter(at::isAfter).isPresent())
                        .count());
        System.out.println("  requests at " + requests + ", FP32 fell first at " + fell);
    }

    private static int number(List<Evaluation> all, Verdict verdict) {
        return (int)
                all.stream().filter(said -> said.after().confirmed() == verdict).count();
    }
}
