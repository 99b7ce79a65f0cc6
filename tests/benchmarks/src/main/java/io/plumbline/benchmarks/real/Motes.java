package io.plumbline.benchmarks.real;

import io.plumbline.benchmarks.Figures;
import io.plumbline.cli.climate.ClimateReadings;
import io.plumbline.cli.climate.ClimateReadings.Mote;
import io.plumbline.cli.climate.Stretch;
import io.plumbline.contract.message.Verdict;
import io.plumbline.drift.chance.Proportion;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.card.ModelCard;
import io.plumbline.inference.model.ModelPackage;
import io.plumbline.inference.window.SlidingWindow;
import io.plumbline.judging.policy.JudgingPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Indoor motes, one of which repeats its last value, or one that no room has, from the middle of the series on; and all of them as they are. */
final class Motes {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int TRAINED = 2_900;
    private static final int EVERY = 10;
    private static final float[] NO_ROOM_HAS = {5, 60};

    private Motes() {}

    /** @param value what it repeats; NaN for its last one */
    private record Stuck(Mote mote, int feature, float value) {}

    static void measure(Figures figures) throws Exception {
        var readings = ClimateReadings.bundled();
        var card = ModelCard.parse(ClimateReadings.resource("model.yaml"));
        var samples = every(Stretch.indoorSamples(readings, TRAINED));
        var fp32 = ClimateReadings.resource("climate_event_fp32.onnx");
        Map<String, List<Mote>> sites = new HashMap<>();
        readings.motes().stream()
                .filter(Mote::indoor)
                .forEach(mote -> sites.computeIfAbsent(mote.site().value(), key -> new ArrayList<>())
                        .add(mote));
        try (var model = Static.build(fp32, card, samples)) {
            quiet(sites, model, figures);
            stuck(sites, model, figures);
        }
    }

    private static List<Tensor> every(Tensor samples) {
        var parts = samples.split((int) samples.shape()[0]);
        var some = new ArrayList<Tensor>();
        for (int i = 0; i < parts.size(); i += EVERY) {
            some.add(Tensor.of(new long[] {1, 16, 2}, parts.get(i)));
        }
        return some;
    }

    /** The readings after those that the model was trained on, in which nothing happens. */
    private static void quiet(Map<String, List<Mote>> sites, ModelPackage model, Figures figures) {
        var hours = 0.0;
        var alarms = 0;
        for (var site : sites.entrySet()) {
            var timeline = play(site.getKey(), site.getValue(), TRAINED, Optional.empty(), model);
            timeline.tell();
            alarms += timeline.alarms().size();
            for (var mote : site.getValue()) {
                hours += (mote.readings().size() - TRAINED) * Stretch.INTERVAL.toSeconds() / 3600.0;
            }
        }
        figures.add("realQuietDeviceDays.motes", hours / 24);
        figures.add("realQuietAlarms.motes", alarms);
    }

    private static void stuck(Map<String, List<Mote>> sites, ModelPackage model, Figures figures) {
        var runs = 0;
        var right = 0;
        for (var site : sites.entrySet()) {
            for (var mote : site.getValue()) {
                for (int feature = 0; feature < NO_ROOM_HAS.length; feature++) {
                    for (var value : new float[] {Float.NaN, NO_ROOM_HAS[feature]}) {
                        var stuck = Optional.of(new Stuck(mote, feature, value));
                        var timeline = play(site.getKey(), site.getValue(), 0, stuck, model);
                        runs++;
                        right += timeline.last() == Verdict.SENSOR_FAULT ? 1 : 0;
                        System.out.println("stuck " + mote.device() + " feature " + feature + " at " + value + ": "
                                + timeline.last() + ", requests "
                                + timeline.station().requests().size());
                    }
                }
            }
        }
        figures.share("stuckMoteIsSensorFault", new Proportion(right, runs));
    }

    private static Timeline play(String site, List<Mote> motes, int from, Optional<Stuck> stuck, ModelPackage model) {
        var station = new Station(model, Duration.ofMinutes(5), JudgingPolicy.DEFAULT);
        Map<Mote, SlidingWindow> windows = new HashMap<>();
        var length = motes.stream().mapToInt(m -> m.readings().size()).min().orElseThrow();
        for (int i = from; i < length; i++) {
            var time = START.plus(Stretch.INTERVAL.multipliedBy(i));
            for (var mote : motes) {
                var values =
                        values(mote, i, length / 2, stuck.filter(s -> s.mote().equals(mote)));
                var window = windows.computeIfAbsent(mote, key -> new SlidingWindow(16, 2, Stretch.INTERVAL))
                        .add(time, values);
                station.take(mote.device(), time, values, window, Optional.empty());
            }
        }
        return new Timeline(site, station);
    }

    private static float[] values(Mote mote, int index, int stuckFrom, Optional<Stuck> stuck) {
        var values = values(mote, index);
        if (stuck.isPresent() && index >= stuckFrom) {
            var s = stuck.get();
            values[s.feature()] = Float.isNaN(s.value()) ? values(mote, stuckFrom)[s.feature()] : s.value();
        }
        return values;
    }

    private static float[] values(Mote mote, int index) {
        var reading = mote.readings().get(index);
        return new float[] {(float) reading.humidity(), (float) reading.temperature()};
    }
}
