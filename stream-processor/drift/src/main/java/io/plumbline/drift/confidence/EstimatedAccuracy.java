package io.plumbline.drift.confidence;

import io.plumbline.contract.message.ConfidenceSketch;
import java.util.List;

/**
 * Confidence-based performance estimation: with the calibrated probability c of each answer being right,
 *
 * <pre>accuracy = &Sigma;c / n, standard error = &radic;(&Sigma;c(1 - c) + d&sup2;) / n, d&sup2; = &Sigma;<sub>pools</sub> (&Sigma;<sub>bins</sub> n<sub>bin</sub> doubt<sub>bin</sub>)&sup2;</pre>
 *
 * The error is that of the accuracy one would count in these n answers; it is 0 for n = 0, where the accuracy is not known and
 * {@link #share} is 0. What a calibration from few labels does not know is the same for all answers of the bins that it
 * pooled, so it does not shrink with n. For a detector it estimates precision, not recall.
 *
 * @param count answers
 * @param right expected number of right ones
 * @param variance of that number
 * @see <a href="https://nannyml.readthedocs.io/en/stable/how_it_works/performance_estimation.html">NannyML, CBPE</a>
 */
public record EstimatedAccuracy(long count, double right, double variance) {

    /** Of all labels together. */
    public static EstimatedAccuracy of(List<ConfidenceSketch> confidence, Calibration calibration) {
        var count = 0L;
        var right = 0.0;
        var variance = 0.0;
        var doubt = 0.0;
        for (int bin = 0; bin < ConfidenceSketch.BINS; bin++) {
            var n = answers(confidence, bin);
            var c = calibration.right(bin);
            var together = bin > 0 && calibration.right(bin - 1) == c;
            variance += n * c * (1 - c) + (together ? 0 : doubt * doubt);
            doubt = n * calibration.doubt(bin) + (together ? doubt : 0);
            count += n;
            right += n * c;
        }
        return new EstimatedAccuracy(count, right, variance + doubt * doubt);
    }

    private static long answers(List<ConfidenceSketch> confidence, int bin) {
        return confidence.stream().mapToLong(sketch -> sketch.bins().get(bin)).sum();
    }

    public double share() {
        return count == 0 ? 0 : right / count;
    }

    public double error() {
        return count == 0 ? 0 : Math.sqrt(variance) / count;
    }
}
