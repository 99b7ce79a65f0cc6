package io.plumbline.fleet.core.console.drift;

import io.plumbline.contract.message.Cohort;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which cohort is asked for; any if all are empty.
 *
 * @param build the first digits of its digest
 * @param at moment that the charts are to show; empty for now
 * @param hours of the charts, around that moment or up to now; 0 for all that is known
 * @param page of the list of cohorts, from 1
 */
public record DriftQuery(String model, String site, String build, Optional<Instant> at, int hours, int page) {

    /** Hours that can be asked for. */
    static final List<Integer> HOURS = List.of(1, 6, 24);

    /** Hours that nobody can ask for are all; around a moment they are the fewest. */
    public DriftQuery {
        hours = HOURS.contains(hours) ? hours : at.isPresent() ? HOURS.get(0) : 0;
    }

    boolean isEmpty() {
        return model.isEmpty() && site.isEmpty() && build.isEmpty();
    }

    DriftQuery ofAnyBuild() {
        return new DriftQuery(model, site, "", at, hours, page);
    }

    boolean fits(Cohort cohort) {
        return (model.isEmpty() || cohort.model().value().equals(model))
                && (site.isEmpty() || cohort.site().value().equals(site))
                && (build.isEmpty() || cohort.build().hex().startsWith(build));
    }
}
