package io.plumbline.fleet.core.console.drift;

import io.plumbline.contract.message.ModelHealth;
import io.plumbline.fleet.core.console.Paging;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The page about drift.
 *
 * @param cohorts the worst first
 * @param chosen the one that is shown in full; empty if there is none
 * @param before what a page's number follows in its address
 * @param missed whether that is another than was asked for, which nobody tells of any more
 */
public record DriftBoard(
        List<Line> cohorts, Paging pages, Optional<CohortDrift> chosen, boolean missed, String before) {

    public DriftBoard {
        cohorts = List.copyOf(cohorts);
    }

    /**
     * A cohort in one line.
     *
     * @param chosen whether it is the one that is shown in full
     */
    public record Line(ModelHealth health, boolean chosen) {

        /** Address of the page about it. */
        public String link() {
            var cohort = health.cohort();
            return "/drift?model=" + encoded(cohort.model().value()) + "&site="
                    + encoded(cohort.site().value()) + "&build="
                    + cohort.build().shortHex();
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }
    }
}
