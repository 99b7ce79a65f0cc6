package io.plumbline.fleet.core.console.drift;

import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.contract.message.VerdictEvent;
import io.plumbline.fleet.core.alert.AlertBook;
import io.plumbline.fleet.core.console.Paging;
import io.plumbline.fleet.core.console.Wording;
import io.plumbline.fleet.core.console.chart.Span;
import io.plumbline.fleet.core.view.FleetObservations;
import io.plumbline.fleet.core.view.Heard;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Puts the page about drift together. Pure: of one moment. */
public final class DriftPicture {

    static final int COHORTS = 20;
    private static final int ELSEWHERE = 10;

    private final List<ModelHealth> health;
    private final FleetObservations heard;
    private final AlertBook book;
    private final Function<ModelName, List<RolloutEvent>> steps;
    private final Instant now;

    /**
     * @param health of what is assigned, the worst first
     * @param steps of the newest rollouts of a model
     * @param now where the axis of time ends
     */
    public DriftPicture(
            List<ModelHealth> health,
            FleetObservations heard,
            AlertBook book,
            Function<ModelName, List<RolloutEvent>> steps,
            Instant now) {
        this.health = List.copyOf(health);
        this.heard = heard;
        this.book = book;
        this.steps = steps;
        this.now = now;
    }

    /**
     * With the worst of the cohorts that the query fits in full; where its build was replaced, of those with another build; else the worst of
     * all.
     */
    public DriftBoard board(DriftQuery query) {
        var chosen = worst(query)
                .or(() -> worst(query.ofAnyBuild()))
                .or(() -> health.stream().findFirst());
        var lines = health.stream()
                .map(one -> new DriftBoard.Line(one, chosen.filter(one::equals).isPresent()))
                .toList();
        var pages = Paging.of(query.page(), lines.size(), COHORTS);
        var missed = chosen.isPresent() && !query.fits(chosen.get().cohort());
        return new DriftBoard(
                pages.cut(lines), pages, chosen.map(one -> drift(one, query)), missed, before(query, chosen));
    }

    private Optional<ModelHealth> worst(DriftQuery query) {
        return health.stream().filter(one -> query.fits(one.cohort())).findFirst();
    }

    /** Leafing through the list keeps what is shown in full. */
    private static String before(DriftQuery query, Optional<ModelHealth> chosen) {
        var link = chosen.filter(one -> !query.isEmpty())
                .map(one -> new DriftBoard.Line(one, true).link() + "&")
                .orElse("/drift?");
        return link + query.at().map(at -> "at=" + at + "&").orElse("")
                + (query.hours() > 0 ? "hours=" + query.hours() + "&" : "") + "page=";
    }

    private static List<CohortDrift.Choice> choices(DriftBoard.Line line, Optional<Span> all, DriftQuery query) {
        return query.at()
                .map(at -> around(line, at, query.hours()))
                .orElseGet(() -> untilNow(line, all, query.hours()));
    }

    private static List<CohortDrift.Choice> around(DriftBoard.Line line, Instant at, int hours) {
        var choices = new ArrayList<CohortDrift.Choice>();
        DriftQuery.HOURS.forEach(one -> choices.add(new CohortDrift.Choice(
                one == 1 ? "the hour around it" : one + " hours",
                line.link() + "&at=" + at + "&hours=" + one + "#time-title",
                one == hours)));
        choices.add(new CohortDrift.Choice("all, up to now", line.link() + "#time-title", false));
        return choices;
    }

    private static List<CohortDrift.Choice> untilNow(DriftBoard.Line line, Optional<Span> all, int hours) {
        var shorter = DriftQuery.HOURS.stream()
                .filter(one -> all.filter(span -> span.isLongerThan(one)).isPresent() || one == hours)
                .toList();
        if (shorter.isEmpty()) {
            return List.of();
        }
        var choices = new ArrayList<CohortDrift.Choice>();
        shorter.forEach(one -> choices.add(new CohortDrift.Choice(
                one == 1 ? "last hour" : "last " + one + " hours", line.link() + "&hours=" + one, one == hours)));
        choices.add(new CohortDrift.Choice("all", line.link(), hours == 0));
        return choices;
    }

    private CohortDrift drift(ModelHealth one, DriftQuery query) {
        var cohort = one.cohort();
        var verdict =
                heard.newestVerdict(cohort.key()).filter(event -> event.event().verdict() == one.verdict());
        var others = health.stream()
                .filter(other -> other.cohort().model().equals(cohort.model())
                        && !other.cohort().key().equals(cohort.key()))
                .toList();
        var tracks = heard.history().of(cohort);
        var all = Span.of(tracks, now);
        var span = all.map(whole -> query.at()
                .map(at -> whole.around(at, query.hours()))
                .orElseGet(() -> query.hours() > 0 ? whole.last(query.hours()) : whole));
        var happened = new DriftMarks(cohort)
                .verdicts(heard.verdicts(), heard.newestVerdict(cohort.key()))
                .recalibrations(heard.recalibrations())
                .rollouts(steps.apply(cohort.model()))
                .alerts(book.entries().values().stream().map(AlertBook.Entry::alert));
        var marks = query.at()
                .flatMap(at -> span.map(shown -> happened.around(at, shown)))
                .orElseGet(happened::newestFirst);
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
                span.map(shown -> DriftCharts.of(tracks, shown, marks)).orElse(List.of()),
                choices(new DriftBoard.Line(one, true), all, query),
                marks,
                query.at());
    }
}
