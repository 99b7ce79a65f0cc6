package io.plumbline.benchmarks.drift;

import io.plumbline.contract.artifact.ReferenceProfile;
import io.plumbline.contract.wire.Counts;
import io.plumbline.drift.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The reference of a place: ten bins of equal frequency from days of its own readings. */
record Profiled(Reference reference) {

    static final int DAYS = 2;

    private static final int BINS = 10;
    private static final int STRETCHES = 32;
    private static final double IMPROBABLE = 1e-18;
    private static final int FEWEST = 16;

    /** From other days of the same place. */
    static Profiled of(Climate climate, long place, long seed) {
        var unknown = new Profiled(new Reference(List.of("normal", "event"), new ReferenceProfile(List.of())));
        var site = new Site(new Site.Setting(climate, Ranges.WIDE, Cause.NONE, 0, place), unknown, seed);
        var values = new ArrayList<double[]>();
        for (int window = 0; window < DAYS * 24 * Site.WINDOWS_PER_HOUR; window++) {
            values.addAll(site.next().values());
        }
        var features = new ArrayList<ReferenceProfile.Feature>();
        for (int f = 0; f < Mote.FEATURES; f++) {
            features.add(feature(f, values));
        }
        return new Profiled(new Reference(List.of("normal", "event"), new ReferenceProfile(features)));
    }

    private static ReferenceProfile.Feature feature(int f, List<double[]> values) {
        var sorted = values.stream().mapToDouble(v -> v[f]).sorted().toArray();
        var edges = new ArrayList<Double>();
        for (int bin = 1; bin < BINS; bin++) {
            var edge = sorted[bin * sorted.length / BINS];
            if (edge > sorted[0] && (edges.isEmpty() || edge > edges.get(edges.size() - 1))) {
                edges.add(edge);
            }
        }
        var equal = 0L;
        for (int i = 1; i < values.size(); i++) {
            equal += values.get(i)[f] == values.get(i - 1)[f] ? 1 : 0;
        }
        var repeats = Optional.of((double) equal / values.size());
        return new ReferenceProfile.Feature(
                Window.FEATURES.get(f),
                edges,
                count(edges, f, values),
                repeats,
                Optional.of(stretches(edges, f, values)));
    }

    /** As the registry's. */
    private static List<Counts> stretches(List<Double> edges, int f, List<double[]> values) {
        var all = new ArrayList<Counts>();
        for (long i = 0; i < STRETCHES; i++) {
            var from = (int) (i * values.size() / STRETCHES);
            var to = (int) ((i + 1) * values.size() / STRETCHES);
            all.add(count(edges, f, values.subList(from, to)));
        }
        return all;
    }

    Counts count(int feature, List<double[]> values) {
        return count(reference.profile().features().get(feature).edges(), feature, values);
    }

    private static Counts count(List<Double> edges, int feature, List<double[]> values) {
        var array = edges.stream().mapToDouble(Double::doubleValue).toArray();
        var bins = new long[array.length + 1];
        for (var value : values) {
            var found = Arrays.binarySearch(array, value[feature]);
            bins[found >= 0 ? found + 1 : -found - 1]++;
        }
        return new Counts(bins);
    }

    /** From which repetition on the gateway calls the first feature stuck. */
    int stuckFrom() {
        var features = reference.profile().features();
        if (features.isEmpty()) {
            return Integer.MAX_VALUE;
        }
        var share = features.get(0).repeats().orElseThrow();
        return Math.max(FEWEST, (int) Math.ceil(Math.log(IMPROBABLE) / Math.log(Math.max(1e-6, share))));
    }
}
