package io.plumbline.benchmarks;

import io.plumbline.contract.wire.Json;
import io.plumbline.drift.chance.Proportion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Medians and spreads of what was measured. Confined to one thread. */
public final class Figures {

    private final Map<String, List<Double>> values = new LinkedHashMap<>();

    public void add(String figure, double value) {
        values.computeIfAbsent(figure, key -> new ArrayList<>()).add(value);
    }

    /** A share with its 95 % interval, told at once. */
    public void share(String figure, Proportion share) {
        var interval = share.interval(0.95);
        add(figure, share.share());
        add(figure + ".lower", interval.lower());
        add(figure + ".upper", interval.upper());
        System.out.printf(
                Locale.ROOT,
                "%s %.3f, 95 %% interval %.3f to %.3f (%d of %d)%n",
                figure,
                share.share(),
                interval.lower(),
                interval.upper(),
                share.hits(),
                share.trials());
    }

    public void addAll(Figures others) {
        others.values.forEach((figure, all) -> all.forEach(value -> add(figure, value)));
    }

    double median(String figure) {
        var sorted = values.getOrDefault(figure, List.of()).stream().sorted().toList();
        if (sorted.isEmpty()) {
            throw new IllegalStateException("nothing was measured of " + figure + ": this is a bug");
        }
        var middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    public double mean(String figure) {
        return values.getOrDefault(figure, List.of()).stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow(() -> new IllegalStateException("nothing was measured of " + figure + ": this is a bug"));
    }

    /** The newest value. */
    public double last(String figure) {
        var all = values.getOrDefault(figure, List.of());
        if (all.isEmpty()) {
            throw new IllegalStateException("nothing was measured of " + figure + ": this is a bug");
        }
        return all.get(all.size() - 1);
    }

    /** The machine-readable form. */
    private record Report(
            String name,
            String machine,
            String commit,
            Map<String, Double> figures,
            Map<String, List<Double>> spread) {}

    void writeJson(Path file, String name, String commit) throws IOException {
        Map<String, Double> medians = new LinkedHashMap<>();
        Map<String, List<Double>> spread = new LinkedHashMap<>();
        values.forEach((figure, all) -> {
            medians.put(figure, median(figure));
            var sorted = all.stream().sorted().toList();
            spread.put(figure, List.of(sorted.get(0), sorted.get(sorted.size() - 1)));
        });
        Files.writeString(file, Json.pretty(new Report(name, machine(), commit, medians, spread)) + "\n");
    }

    static String machine() {
        return System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", "
                + Runtime.getRuntime().availableProcessors() + " processors, JDK " + Runtime.version();
    }

    /** The form for people. */
    List<String> table() {
        var lines = new ArrayList<String>();
        lines.add(String.format(Locale.ROOT, "%-44s %12s   %s", "figure", "median", "smallest to largest"));
        values.forEach((figure, all) -> {
            var sorted = all.stream().sorted().toList();
            lines.add(String.format(
                    Locale.ROOT,
                    "%-44s %12.3f   %.3f to %.3f (%d)",
                    figure,
                    median(figure),
                    sorted.get(0),
                    sorted.get(sorted.size() - 1),
                    sorted.size()));
        });
        return lines;
    }
}
