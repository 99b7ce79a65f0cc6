package io.plumbline.fleet.adapter.page;

import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.fleet.adapter.store.SqlHistory;
import io.plumbline.fleet.core.console.drift.DriftPicture;
import io.plumbline.fleet.core.console.drift.DriftQuery;
import io.plumbline.fleet.core.control.ControlPlane;
import io.plumbline.fleet.core.view.FleetObservations;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** Which model is worst and why: verdicts with their evidence, over time, with what happened on the way. */
@Path("/drift")
public final class DriftPage {

    /** Every step of so many rollouts; older ones are on their own page. */
    private static final int ROLLOUTS = 4;

    private static final Instant FARTHEST = Instant.parse("9000-01-01T00:00:00Z");

    private final Template page;
    private final Shell shell;
    private final ControlPlane control;
    private final FleetObservations heard;
    private final SqlHistory history;

    DriftPage(
            @Location("console/drift.html") Template page,
            Shell shell,
            ControlPlane control,
            FleetObservations heard,
            SqlHistory history) {
        this.page = page;
        this.shell = shell;
        this.control = control;
        this.heard = heard;
        this.history = history;
    }

    /**
     * @param model of the cohort that is wanted in full; so are site and build, and each may be empty
     * @param build the first digits of its digest
     * @param at moment that the charts are to show, as ISO 8601 writes it; otherwise now
     * @param hours of the charts, up to now: 1, 6 or 24; otherwise all. Around a moment one, 6 or 24
     * @param number of the page of cohorts, from 1
     */
    @GET
    @Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
    public String page(
            @QueryParam("model") @DefaultValue("") String model,
            @QueryParam("site") @DefaultValue("") String site,
            @QueryParam("build") @DefaultValue("") String build,
            @QueryParam("at") @DefaultValue("") String at,
            @QueryParam("hours") @DefaultValue("0") String hours,
            @QueryParam("page") @DefaultValue("1") String number) {
        var framed = shell.frame(page, Place.DRIFT);
        var health = shell.picture(control, heard).health("");
        var picture = new DriftPicture(health, heard, shell.book(), this::steps, shell.now());
        var query = new DriftQuery(
                model.strip(),
                site.strip(),
                build.strip(),
                moment(at.strip()),
                Shell.number(hours),
                Shell.number(number));
        return framed.data("board", picture.board(query)).render();
    }

    /** Empty if it is none that a control plane can have seen. */
    private static Optional<Instant> moment(String text) {
        try {
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Instant.parse(text)).filter(at -> at.isAfter(Instant.EPOCH) && at.isBefore(FARTHEST));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private List<RolloutEvent> steps(ModelName model) {
        return control.state().newestRollouts().stream()
                .filter(rollout -> rollout.plan().model().equals(model))
                .limit(ROLLOUTS)
                .flatMap(rollout -> history.rollout(rollout.event().rollout()).stream())
                .toList();
    }
}
