package io.plumbline.fleet.core.console.drift;

import io.plumbline.contract.message.Cohort;
import java.util.List;

/**
 * Which cohort is asked for; any if all are empty.
 *
 * @param build the first digits of its digest
 * @param hours of the charts, up to now; 0 for all that is known
 * @param page of the list of cohorts, from 1
 */
public record DriftQuery(String model, String site, String build, int hours, int page) {

    /** Hours that can be asked for. */
    static final List<Integer> HOURS = List.of(1, 6, 24);

    /** Hours that nobody can ask for are all. */
    public DriftQuery {
        hours = HOURS.contains(hours) ? hours : 0;
    }

    boolean isEmpty() {
        return model.isEmpty() && site.isEmpty() && build.isEmpty();
    }

    boolean fits(Cohort cohort) {
        return (model.isEmpty() || cohort.model().value().equals(model))
                && (site.isEmpty() || cohort.site().value().equals(site))
                && (build.isEmpty() || cohort.build().hex().startsWith(build));
    }
}
