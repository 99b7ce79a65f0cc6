package io.plumbline.registry.adapter.http;

import io.plumbline.contract.artifact.RecalibrationView;
import io.plumbline.registry.core.job.Job;
import io.plumbline.registry.core.job.JobEvent;
import io.plumbline.registry.core.recalibration.Recalibration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Jobs as the contract shows them. */
final class JobViews {

    private JobViews() {}

    static RecalibrationView of(Job job, List<JobEvent> history) {
        var state = job.state();
        return new RecalibrationView(
                job.request(),
                job.step().name(),
                job.createdAt(),
                job.changedAt(),
                state.awaited().stream().sorted().toList(),
                Optional.of(state.deadline()).filter(deadline -> deadline.isBefore(Instant.MAX)),
                history.stream()
                        .flatMap(event -> event.gateway().stream())
                        .distinct()
                        .sorted()
                        .toList(),
                state instanceof Recalibration.Ended ended ? Optional.of(ended.outcome()) : Optional.empty(),
                history.stream().map(JobViews::line).toList());
    }

    static RecalibrationView.Line line(JobEvent event) {
        return new RecalibrationView.Line(event.at(), event.step().name(), event.what(), event.gateway());
    }
}
