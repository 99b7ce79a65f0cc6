package io.plumbline.registry.core.calibration;

import io.plumbline.contract.artifact.QualityReport.CalibrationSet;
import io.plumbline.contract.artifact.QualityReport.Contribution;
import io.plumbline.contract.artifact.TensorRange;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.message.TensorHistogram;
import io.plumbline.contract.wire.Json;
import io.plumbline.registry.core.report.QualityReports;
import java.util.List;
import java.util.Optional;

/**
 * What ranges are taken from.
 *
 * @param histograms one per observed tensor
 * @param id digest of their source
 * @param parent the build they replace the calibration of
 * @param windows inputs that were observed
 * @param contributions where they were observed; empty for the owner's samples
 * @param quality of the windows; unknown for the owner's samples, which nothing can be held against
 */
public record Calibration(
        List<TensorHistogram> histograms,
        Digest id,
        Optional<Digest> parent,
        long windows,
        List<Contribution> contributions,
        CalibrationQuality quality) {

    public Calibration {
        histograms = List.copyOf(histograms);
        contributions = List.copyOf(contributions);
    }

    /** Of the owner's samples. */
    public static Calibration ofSamples(List<TensorHistogram> histograms, long windows) {
        return new Calibration(
                histograms,
                Digest.of(Json.encode(histograms)),
                Optional.empty(),
                windows,
                List.of(),
                CalibrationQuality.UNKNOWN);
    }

    /** Of what gateways saw. */
    public static Calibration ofGateways(
            List<TensorHistogram> histograms,
            Digest parent,
            List<Contribution> contributions,
            CalibrationQuality quality) {
        var windows = contributions.stream().mapToLong(Contribution::windows).sum();
        return new Calibration(
                histograms, Digest.of(Json.encode(histograms)), Optional.of(parent), windows, contributions, quality);
    }

    /** What was observed of a tensor. */
    public Optional<TensorHistogram> histogram(String tensor) {
        return histograms.stream().filter(one -> one.tensor().equals(tensor)).findFirst();
    }

    /** What is said of it beside the ranges that were made of it. */
    public CalibrationSet set(List<TensorRange> ranges) {
        return new CalibrationSet(
                windows,
                contributions,
                QualityReports.outside(histograms, ranges),
                Optional.of(quality.coverage()).filter(known -> !known.isEmpty()),
                Optional.of(quality.answers()).filter(known -> !known.isEmpty()));
    }
}
