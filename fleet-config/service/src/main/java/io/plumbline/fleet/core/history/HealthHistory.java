package io.plumbline.fleet.core.history;

import io.plumbline.contract.message.Cohort;
import io.plumbline.contract.message.ModelHealth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Of every cohort that was heard lately. Thread-safe. A cohort takes 80 kB at most and a few usually; of those beyond the first
 * {@value #MOST_COHORTS} the ones that were heard longest ago are forgotten.
 */
public final class HealthHistory {

    static final int MOST_COHORTS = 500;

    private static final int MOST_BEFORE = 4;

    /** Those that were heard longest ago first. */
    private final Map<String, CohortHistory> cohorts = new LinkedHashMap<>();

    /** @param at wall clock, when it was told */
    public synchronized void add(ModelHealth health, Instant at) {
        var known = cohorts.remove(health.cohort().key());
        var history = known == null ? new CohortHistory(health.cohort()) : known;
        history.add(health, at);
        cohorts.put(health.cohort().key(), history);
        if (cohorts.size() > MOST_COHORTS) {
            cohorts.remove(cohorts.keySet().iterator().next());
        }
    }

    /** Every measure of a model on a site, under this build and under those that ran there lately; none where nothing is known. */
    public synchronized List<Track> of(Cohort cohort) {
        var asked = cohorts.get(cohort.key());
        var before = cohorts.values().stream()
                .filter(history -> history != asked && history.isBeside(cohort))
                .toList();
        var builds = new ArrayList<>(before.subList(Math.max(0, before.size() - MOST_BEFORE), before.size()));
        if (asked != null) {
            builds.add(asked);
        }
        Map<String, Track> tracks = new LinkedHashMap<>();
        builds.forEach(build -> build.tracks()
                .forEach(track -> tracks.merge(track.measure() + "|" + track.subject(), track, Track::plus)));
        return List.copyOf(tracks.values());
    }
}
