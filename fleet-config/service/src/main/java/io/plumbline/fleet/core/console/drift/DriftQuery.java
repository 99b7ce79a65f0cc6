package io.plumbline.fleet.core.console.drift;

import io.plumbline.contract.message.Cohort;

/**
 * Which cohort is asked for; any if all are empty.
 *
 * @param build the first digits of its digest
 * @param page of the list of cohorts, from 1
 */
public record DriftQuery(String model, String site, String build, int page) {

    boolean fits(Cohort cohort) {
        return (model.isEmpty() || cohort.model().value().equals(model))
                && (site.isEmpty() || cohort.site().value().equals(site))
                && (build.isEmpty() || cohort.build().hex().startsWith(build));
    }
}
