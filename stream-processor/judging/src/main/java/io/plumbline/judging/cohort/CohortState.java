package io.plumbline.judging.cohort;

import io.plumbline.contract.message.Cohort;
import io.plumbline.contract.message.Correction;
import io.plumbline.contract.message.StatsKey;
import io.plumbline.drift.confidence.LabelledHistory;
import io.plumbline.judging.EventTime;
import io.plumbline.judging.label.LabelledAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is kept of a cohort beside its windows.
 *
 * @param newestEnd end of the newest window; empty while only labels came
 * @param lastSeen newest moment that anything of the cohort belongs to
 * @param longestWindow of all windows that came
 * @param labelled all answers of known score whose truth became known; empty where none did
 * @param corrected windows that were found to say something else within the last horizon, the oldest first; empty where none was
 */
public record CohortState(
        Cohort cohort,
        Optional<Instant> newestEnd,
        Instant lastSeen,
        Duration longestWindow,
        Hysteresis hysteresis,
        Optional<LabelledHistory> labelled,
        Optional<List<Correction>> corrected) {

    /** The newest windows that are told; a gateway that comes back after days may correct hundreds. */
    static final int MOST_CORRECTIONS = 16;

    static CohortState start(Cohort cohort, Instant lastSeen) {
        return new CohortState(
                cohort,
                Optional.empty(),
                lastSeen,
                Duration.ZERO,
                Hysteresis.START,
                Optional.empty(),
                Optional.empty());
    }

    /** Whether the delta opens a window newer than all before. */
    boolean isOpenedBy(StatsKey key) {
        return newestEnd.filter(end -> !key.windowEnd().isAfter(end)).isEmpty();
    }

    /** Whether the delta comes for a window that was complete, and has voted. */
    boolean isLate(StatsKey key) {
        return newestEnd.filter(end -> key.windowEnd().isBefore(end)).isPresent();
    }

    CohortState with(StatsKey key) {
        var end = newestEnd.map(n -> EventTime.later(n, key.windowEnd())).orElse(key.windowEnd());
        var longest = longestWindow.compareTo(key.windowLength()) >= 0 ? longestWindow : key.windowLength();
        return new CohortState(
                cohort, Optional.of(end), EventTime.later(lastSeen, end), longest, hysteresis, labelled, corrected);
    }

    CohortState with(Hysteresis next) {
        return new CohortState(cohort, newestEnd, lastSeen, longestWindow, next, labelled, corrected);
    }

    CohortState with(LabelledAnswer answer) {
        var seen = EventTime.later(lastSeen, answer.at());
        var known = history(answer).or(() -> labelled);
        return new CohortState(cohort, newestEnd, seen, longestWindow, hysteresis, known, corrected);
    }

    /** Windows that were found to say something else, the oldest first. */
    List<Correction> corrections() {
        return corrected.orElse(List.of());
    }

    /** With what a window says now; one that says what it said is none to tell of. */
    CohortState with(Correction one) {
        var others = corrections().stream().filter(c -> !c.window().equals(one.window()));
        var all = Stream.concat(others, Stream.of(one))
                .filter(c -> c.before() != c.after())
                .sorted(Comparator.comparing(Correction::window))
                .toList();
        return with(all.subList(Math.max(0, all.size() - MOST_CORRECTIONS), all.size()));
    }

    /** Without corrections that were noticed before this moment. */
    CohortState withoutCorrectionsBefore(Instant moment) {
        return with(corrections().stream()
                .filter(c -> !c.noticed().isBefore(moment))
                .toList());
    }

    private CohortState with(List<Correction> windows) {
        var some = Optional.of(windows).filter(all -> !all.isEmpty());
        return new CohortState(cohort, newestEnd, lastSeen, longestWindow, hysteresis, labelled, some);
    }

    private Optional<LabelledHistory> history(LabelledAnswer answer) {
        var wasRight = answer.truth().equals(answer.predicted());
        return answer.score().map(score -> labelled.orElse(LabelledHistory.NONE).plus(answer.at(), score, wasRight));
    }
}
