package io.plumbline.benchmarks.drift;

import io.plumbline.benchmarks.Figures;
import io.plumbline.drift.chance.Proportion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** In how many runs a detector found one change, and after how long. Not thread-safe. */
final class Found {

    private static final double CONFIDENCE = 0.95;
    private static final long MINUTES = Judge.LENGTH.toMinutes();

    private final List<Integer> delays = new ArrayList<>();
    private int runs;

    /** @param windows until it was found; 0 if the detector was in alarm before, null if it was not found */
    void add(@Nullable Integer windows) {
        runs++;
        if (windows != null) {
            delays.add(windows);
        }
    }

    void tell(String name, Figures figures) {
        var interval = power().interval(CONFIDENCE);
        figures.add("power." + name, power().share());
        figures.add("power." + name + ".lower", interval.lower());
        figures.add("power." + name + ".upper", interval.upper());
        sorted().forEach(windows -> figures.add("delay." + name, MINUTES * windows));
    }

    /** Share of the runs with its interval, and the median of minutes with its own. */
    String inWords() {
        var interval = power().interval(CONFIDENCE);
        var share = String.format(Locale.ROOT, "%.2f (%.2f-%.2f)", power().share(), interval.lower(), interval.upper());
        return sorted().isEmpty() ? share : share + ", " + minutes();
    }

    private Proportion power() {
        return new Proportion(delays.size(), runs);
    }

    /** Of those that were not in alarm before. */
    private List<Integer> sorted() {
        return delays.stream().filter(windows -> windows > 0).sorted().toList();
    }

    /** The interval is that of order statistics: as many of n lie below the median as of n fair coins show heads. */
    private String minutes() {
        var all = sorted();
        var n = all.size();
        var reach = Proportion.deviations(CONFIDENCE) * Math.sqrt(n) / 2;
        var low = (int) Math.max(0, Math.floor(n / 2.0 - reach));
        var high = (int) Math.min(n - 1.0, Math.ceil(n / 2.0 + reach));
        return MINUTES * all.get((n - 1) / 2) + " min (" + MINUTES * all.get(low) + "-" + MINUTES * all.get(high) + ")";
    }
}
