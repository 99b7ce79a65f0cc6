package io.plumbline.registry.core.recalibration;

import io.plumbline.contract.artifact.QualityReport.Contribution;
import io.plumbline.contract.message.CalibrationMessage;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.message.TensorHistogram;
import io.plumbline.registry.core.calibration.CalibrationQuality;
import java.time.Instant;
import java.util.List;

/** What the coordinator wants done. */
public sealed interface Effect {

    /** Send a task to the gateways. */
    record Send(CalibrationMessage task) implements Effect {}

    /**
     * Build candidates from these merged histograms.
     *
     * @param contributions where they come from; empty where that was not kept
     * @param quality of what they were taken from
     * @param at becomes part of the candidates
     */
    record Build(
            RecalibrationEvent.Requested request,
            List<TensorHistogram> histograms,
            List<Contribution> contributions,
            CalibrationQuality quality,
            Instant at)
            implements Effect {

        public Build {
            histograms = List.copyOf(histograms);
            contributions = List.copyOf(contributions);
        }
    }

    /** Tell the outcome. */
    record Finish(RecalibrationEvent outcome) implements Effect {}
}
