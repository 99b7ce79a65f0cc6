package io.plumbline.fleet.core.console.drift;

import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.contract.message.VerdictEvent;
import io.plumbline.fleet.core.alert.AlertBook;
import io.plumbline.fleet.core.console.Paging;
import io.plumbline.fleet.core.console.Wording;
import io.plumbline.fleet.core.view.FleetObservations;
import io.plumbline.fleet.core.view.Heard;
import java.util.List;
import java.util.function.Function;

/** Puts the page about drift together. Pure: of one moment. */
public final class DriftPicture {

    static final int COHORTS = 20;
    private static final int ELSEWHERE = 10;

    private final List<ModelHealth> health;
    private final FleetObservations heard;
    private final AlertBook book;
    private final Function<ModelName, List<RolloutEvent>> steps;

    /**
     * @param health of what is assigned, the worst first
     * @param steps of the newest rollouts of a model
     */
    public DriftPicture(
            List<ModelHealth> health,
            FleetObservations heard,
            AlertBook book,
            Function<ModelName, List<RolloutEvent>> steps) {
        this.health = List.copyOf(health);
        this.heard = heard;
        this.book = book;
        this.steps = steps;
    }

    /** With the worst of the cohorts that the query fits in full; the worst of all if it fits none. */
    public DriftBoard board(DriftQuery query) {
        var chosen = health.stream()
                .filter(one -> query.fits(one.cohort()))
                .findFirst()
                .or(() -> health.stream().findFirst());
        var lines = health.stream()
                .map(one -> new DriftBoard.Line(one, chosen.filter(one::equals).isPresent()))
                .toList();
        var pages = Paging.of(query.page(), lines.size(), COHORTS);
        var missed = chosen.isPresent() && !query.fits(chosen.get().cohort());
        return new DriftBoard(pages.cut(lines), pages, chosen.map(this::drift), missed);
    }

    private CohortDrift drift(ModelHealth one) {
        var cohort = one.cohort();
        var verdict =
                heard.newestVerdict(cohort.key()).filter(event -> event.event().verdict() == one.verdict());
        var others = health.stream()
                .filter(other -> other.cohort().model().equals(cohort.model())
                        && !other.cohort().key().equals(cohort.key()))
                .toList();
        var marks = new DriftMarks(cohort)
                .verdicts(heard.verdicts(), heard.newestVerdict(cohort.key()))
                .recalibrations(heard.recalibrations())
                .rollouts(steps.apply(cohort.model()))
                .alerts(book.entries().values().stream().map(AlertBook.Entry::alert))
                .newestFirst();
        return new CohortDrift(
                one,
                verdict.map(event -> event.event().because()).orElseGet(() -> Wording.meaning(one.verdict())),
                verdict,
                Fact.of(one.evidence()),
                verdict.map(Heard::event).flatMap(VerdictEvent::carriers).orElse(List.of()),
                others.stream()
                        .limit(ELSEWHERE)
                        .map(other -> new DriftBoard.Line(other, false))
                        .toList(),
                others.stream()
                        .filter(other -> other.verdict() == one.verdict())
                        .count(),
                InputCharts.of(one),
                DriftCharts.of(heard.history().of(cohort), marks),
                marks);
    }
}
