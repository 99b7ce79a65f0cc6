package io.plumbline.registry.core.report;

import io.plumbline.contract.artifact.SearchReport;
import io.plumbline.quantizer.auto.Goal;
import io.plumbline.quantizer.auto.Laboratory.Measured;
import io.plumbline.quantizer.auto.Outcome;
import io.plumbline.quantizer.auto.Trial;
import java.util.stream.Collectors;

/** What a search says, for the build's manifest or for the version that it found none for. */
public final class SearchReports {

    private SearchReports() {}

    public static SearchReport of(Goal goal, Outcome outcome) {
        return new SearchReport(
                goal.words(),
                outcome.chosen().map(made -> made.trial().recipe().words()).orElse("none"),
                outcome.because(),
                outcome.trials().stream().map(SearchReports::trial).toList());
    }

    private static SearchReport.Trial trial(Trial trial) {
        return new SearchReport.Trial(
                trial.recipe().words(),
                trial.recipe().excludedNodes().stream().sorted().toList(),
                trial.sizeBytes(),
                trial.measured().map(Measured::latencyMillis),
                trial.measured().map(Measured::fp32LatencyMillis),
                trial.reached(),
                trial.because());
    }

    /** Why there is no build, with everything that was tried. */
    public static String refusal(Outcome outcome) {
        return outcome.because() + "; tried "
                + outcome.trials().stream()
                        .map(trial -> trial.recipe().words() + " (" + trial.because() + ")")
                        .collect(Collectors.joining(", "));
    }
}
