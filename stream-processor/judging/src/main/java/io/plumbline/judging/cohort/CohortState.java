package io.plumbline.judging.cohort;

import io.plumbline.contract.message.Cohort;
import io.plumbline.contract.message.StatsKey;
import io.plumbline.drift.confidence.LabelledHistory;
import io.plumbline.judging.EventTime;
import io.plumbline.judging.label.LabelledAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is kept of a cohort beside its windows.
 *
 * @param newestEnd end of the newest window; empty while only labels came
 * @param lastSeen newest moment that anything of the cohort belongs to
 * @param longestWindow of all windows that came
 * @param labelled all answers of known score whose truth became known; empty where none did
 */
public record CohortState(
        Cohort cohort,
        Optional<Instant> newestEnd,
        Instant lastSeen,
        Duration longestWindow,
        Hysteresis hysteresis,
        Optional<LabelledHistory> labelled) {

    static CohortState start(Cohort cohort, Instant lastSeen) {
        return new CohortState(cohort, Optional.empty(), lastSeen, Duration.ZERO, Hysteresis.START, Optional.empty());
    }

    /** Whether the delta opens a window newer than all before. */
    boolean isOpenedBy(StatsKey key) {
        return newestEnd.filter(end -> !key.windowEnd().isAfter(end)).isEmpty();
    }

    CohortState with(StatsKey key) {
        var end = newestEnd.map(n -> EventTime.later(n, key.windowEnd())).orElse(key.windowEnd());
        var longest = longestWindow.compareTo(key.windowLength()) >= 0 ? longestWindow : key.windowLength();
        return new CohortState(cohort, Optional.of(end), EventTime.later(lastSeen, end), longest, hysteresis, labelled);
    }

    CohortState with(Hysteresis next) {
        return new CohortState(cohort, newestEnd, lastSeen, longestWindow, next, labelled);
    }

    CohortState with(LabelledAnswer answer) {
        var seen = EventTime.later(lastSeen, answer.at());
        return new CohortState(
                cohort,
                newestEnd,
                seen,
                longestWindow,
                hysteresis,
                history(answer).or(() -> labelled));
    }

    private Optional<LabelledHistory> history(LabelledAnswer answer) {
        var wasRight = answer.truth().equals(answer.predicted());
        return answer.score().map(score -> labelled.orElse(LabelledHistory.NONE).plus(answer.at(), score, wasRight));
    }
}
