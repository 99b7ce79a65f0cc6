package io.plumbline.drift.confidence;

import io.plumbline.contract.message.ConfidenceSketch;
import io.plumbline.contract.wire.Counts;

/**
 * Confidence-based performance estimation: with the calibrated probability c of each answer being right, and its mean m,
 *
 * <pre>m = &Sigma;c / n
 * error of the accuracy that one would count in these answers = &radic;(&phi; &Sigma;c(1 - c) + d&sup2;) / n
 * error of the accuracy on answers like these                 = &radic;(&phi; &Sigma;(c - m)&sup2; + d&sup2;) / n
 * d&sup2; = &Sigma;<sub>pools</sub> (&Sigma;<sub>bins</sub> n<sub>bin</sub> doubt<sub>bin</sub>)&sup2;</pre>
 *
 * Answers of one device follow each other, so n of them tell as much as n / &phi; independent ones ({@link
 * io.plumbline.drift.chance.Dispersion}). Labelled ones are taken as independent: they are few among many. What a calibration from few labels does not know is the
 * same for all answers of the bins that it pooled, so it does not shrink with n. Errors are 0 for n = 0, where the accuracy
 * is not known and {@link #share} is 0. For a detector it estimates precision, not recall.
 *
 * @param count answers, n
 * @param right expected number of right ones, &Sigma;c
 * @param chance &Sigma;c(1 - c)
 * @param spread &Sigma;(c - m)&sup2;
 * @param doubt d&sup2;
 * @param dispersion &phi;, at least 1
 * @see <a href="https://nannyml.readthedocs.io/en/stable/how_it_works/performance_estimation.html">NannyML, CBPE</a>
 */
public record EstimatedAccuracy(
        long count, double right, double chance, double spread, double doubt, double dispersion) {

    /**
     * @param answers of all labels together, by the {@link ConfidenceSketch#binOf bin} of their score
     * @param dispersion of answers that follow each other; 1 if they do not
     */
    public static EstimatedAccuracy of(Counts answers, double dispersion, Calibration calibration) {
        var right = 0.0;
        var chance = 0.0;
        var squares = 0.0;
        var doubts = 0.0;
        var doubt = 0.0;
        for (int bin = 0; bin < ConfidenceSketch.BINS; bin++) {
            var n = answers.get(bin);
            var c = calibration.right(bin);
            var together = bin > 0 && calibration.right(bin - 1) == c;
            doubts += together ? 0 : doubt * doubt;
            doubt = n * calibration.doubt(bin) + (together ? doubt : 0);
            right += n * c;
            chance += n * c * (1 - c);
            squares += n * c * c;
        }
        var count = answers.total();
        var spread = count == 0 ? 0 : Math.max(0, squares - right * right / count);
        return new EstimatedAccuracy(count, right, chance, spread, doubts + doubt * doubt, dispersion);
    }

    public double share() {
        return count == 0 ? 0 : right / count;
    }

    /** Of the accuracy that one would count in these answers. */
    public double error() {
        return error(chance);
    }

    /** Of the accuracy on answers like these, of which these are a sample. */
    public double expectationError() {
        return error(spread);
    }

    private double error(double variance) {
        return count == 0 ? 0 : Math.sqrt(dispersion * variance + doubt) / count;
    }
}
