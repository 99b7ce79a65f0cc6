package io.plumbline.judging.cohort;

import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.Cohort;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.StatsKey;
import io.plumbline.contract.wire.Counts;
import io.plumbline.judging.EventTime;
import io.plumbline.judging.OrderedState;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Where cohorts, their windows and their labels lie. Keys are {@code model|site|build}, for all but cohorts followed by
 * the ordered start, so that what belongs together lies together. Whoever writes to the states writes through one shelf. Not thread-safe.
 */
public final class CohortShelf {

    /** Of event time. */
    static final Duration STRETCH = Duration.ofMinutes(30);

    private static final String END = "}";
    private static final int MOST_SITES = 4_096;

    private final OrderedState<CohortState> cohorts;
    private final OrderedState<WindowState> windows;
    private final OrderedState<LabelBucket> labels;
    private final OrderedState<Counts> confidences;
    private final OrderedState<Fidelity> totals;
    /** Keys of the cohorts of a model and site: every delta and label asks for them, and they hardly ever change. */
    private final Map<String, Set<String>> builds = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Set<String>> eldest) {
            return size() > MOST_SITES;
        }
    };

    /**
     * @param confidences how sure the build was, one row of bins per {@link #STRETCH}: less to read than windows are
     * @param totals of all deltas of a cohort, under the cohort's key
     */
    public CohortShelf(
            OrderedState<CohortState> cohorts,
            OrderedState<WindowState> windows,
            OrderedState<LabelBucket> labels,
            OrderedState<Counts> confidences,
            OrderedState<Fidelity> totals) {
        this.cohorts = cohorts;
        this.windows = windows;
        this.labels = labels;
        this.confidences = confidences;
        this.totals = totals;
    }

    Optional<CohortState> cohort(Cohort cohort) {
        return cohorts.get(key(cohort));
    }

    void put(CohortState state) {
        var cohort = state.cohort();
        cohorts.put(key(cohort), state);
        builds(cohort.model(), cohort.site()).add(key(cohort));
    }

    List<CohortState> all() {
        return cohorts.range("", END).stream().map(OrderedState.Entry::value).toList();
    }

    /** Every build that is remembered of a model on a site. */
    List<CohortState> cohortsOf(ModelName model, SiteId site) {
        return builds(model, site).stream()
                .map(cohorts::get)
                .flatMap(Optional::stream)
                .toList();
    }

    private Set<String> builds(ModelName model, SiteId site) {
        var prefix = model + "|" + site;
        return builds.computeIfAbsent(
                prefix,
                of -> cohorts.range(prefix + "|", prefix + END).stream()
                        .map(OrderedState.Entry::key)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    WindowState window(Cohort cohort, StatsKey key) {
        return windows.get(key(cohort, key)).orElse(WindowState.EMPTY);
    }

    void put(Cohort cohort, StatsKey key, WindowState window) {
        windows.put(key(cohort, key), window);
    }

    /** Of all deltas that were ever added. */
    Fidelity total(Cohort cohort) {
        return totals.get(key(cohort)).orElse(Fidelity.NONE);
    }

    void addToTotal(Cohort cohort, Fidelity fidelity) {
        totals.put(key(cohort), total(cohort).plus(fidelity));
    }

    /** All windows that end after {@code from} and not after {@code to}, by their start. */
    List<OrderedState.Entry<WindowState>> windows(CohortState state, Instant from, Instant to) {
        var first = key(state.cohort(), from.minus(state.longestWindow()));
        return windows.range(first, key(state.cohort(), to)).stream()
                .filter(entry -> endsWithin(entry.key(), from, to))
                .toList();
    }

    /** The window that lies under this key. */
    static Evaluation.Span span(OrderedState.Entry<WindowState> entry) {
        var times = entry.key().split("\\|");
        var state = entry.value();
        return new Evaluation.Span(
                EventTime.ofOrdered(times[times.length - 2]),
                EventTime.ofOrdered(times[times.length - 1]),
                state.seen().stream().mapToInt(s -> s.sequences().size()).sum(),
                state.stats().readings(),
                state.stats().fidelity().compared());
    }

    void label(Cohort cohort, Instant at, String truth, String predicted) {
        var key = key(cohort, LabelBucket.startOf(at));
        labels.put(key, labels.get(key).orElse(LabelBucket.EMPTY).plus(truth, predicted));
    }

    LabelBucket labels(Cohort cohort, Instant from, Instant to) {
        return labels.range(key(cohort, from), key(cohort, to)).stream()
                .map(OrderedState.Entry::value)
                .reduce(LabelBucket.EMPTY, LabelBucket::plus);
    }

    /** Counts how sure the build was in a window. */
    void confidence(Cohort cohort, Instant at, Counts answers) {
        var key = key(cohort, stretchOf(at));
        confidences.put(key, confidences.get(key).map(answers::plus).orElse(answers));
    }

    /** How sure the build was in every stretch that begins at or after {@code from}, and ends before the one that holds {@code to} begins. */
    List<Counts> confidences(Cohort cohort, Instant from, Instant to) {
        var end = stretchOf(to);
        return from.isBefore(end)
                ? confidences.range(key(cohort, from), key(cohort, end)).stream()
                        .map(OrderedState.Entry::value)
                        .toList()
                : List.of();
    }

    private static Instant stretchOf(Instant moment) {
        var millis = moment.toEpochMilli();
        return Instant.ofEpochMilli(millis - Math.floorMod(millis, STRETCH.toMillis()));
    }

    /**
     * Forgets all windows and labels of the cohort that start before this moment, and how sure it was: all at once, since a window that
     * is forgotten alone would count again in what is not.
     */
    void forgetBefore(Cohort cohort, Instant moment) {
        var first = key(cohort) + "|";
        windows.range(first, key(cohort, moment)).forEach(entry -> windows.delete(entry.key()));
        labels.range(first, key(cohort, moment)).forEach(entry -> labels.delete(entry.key()));
        confidences.range(first, key(cohort, moment)).forEach(entry -> confidences.delete(entry.key()));
    }

    void forget(Cohort cohort) {
        var first = key(cohort) + "|";
        var last = key(cohort) + END;
        windows.range(first, last).forEach(entry -> windows.delete(entry.key()));
        labels.range(first, last).forEach(entry -> labels.delete(entry.key()));
        confidences.range(first, last).forEach(entry -> confidences.delete(entry.key()));
        totals.delete(key(cohort));
        cohorts.delete(key(cohort));
        builds(cohort.model(), cohort.site()).remove(key(cohort));
    }

    private static String key(Cohort cohort) {
        return cohort.model() + "|" + cohort.site() + "|" + cohort.build();
    }

    private static String key(Cohort cohort, Instant start) {
        return key(cohort) + "|" + EventTime.ordered(start);
    }

    private static String key(Cohort cohort, StatsKey key) {
        return key(cohort, key.windowStart()) + "|" + EventTime.ordered(key.windowEnd());
    }

    private static boolean endsWithin(String key, Instant from, Instant to) {
        var end = key.substring(key.lastIndexOf('|') + 1);
        return end.compareTo(EventTime.ordered(from)) > 0 && end.compareTo(EventTime.ordered(to)) <= 0;
    }
}
