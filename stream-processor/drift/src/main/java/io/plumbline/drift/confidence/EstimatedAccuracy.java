package io.plumbline.drift.confidence;

import io.plumbline.contract.message.ConfidenceSketch;
import io.plumbline.contract.wire.Counts;
import io.plumbline.drift.chance.Interval;
import io.plumbline.drift.chance.Proportion;

/**
 * Confidence-based performance estimation: with the calibrated probability c of each answer being right, and its mean m,
 *
 * <pre>m = &Sigma;c / n
 * error of the accuracy that one would count in these answers = &radic;(&phi; &Sigma;c(1 - c) + d&sup2;) / n
 * error of the accuracy on answers like these                 = &radic;(&phi; &Sigma;(c - m)&sup2; + d&sup2;) / n
 * d&sup2; = &Sigma;<sub>pools</sub> (&Sigma;<sub>bins</sub> n<sub>bin</sub> doubt<sub>bin</sub>)&sup2;</pre>
 *
 * Answers of one device follow each other, so n of them tell as much as n / &phi; independent ones ({@link
 * io.plumbline.drift.chance.Dispersion}); the doubt of a calibration knows the same of labelled ones ({@link LabelledHistory}). What a
 * calibration does not know is the same for all answers of the bins that it pooled, so it does not shrink with n. Errors are 0 for n = 0, where the accuracy
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
        return Math.sqrt(dispersion * chance + doubt) / Math.max(1, count);
    }

    /**
     * Where the accuracy on answers like these lies, of which these are a sample. Which answers came is drawn anew with every look, what the
     * calibration does not know only once: it is wrong on the same side for as long as it holds, however often one
     * looks. So each has a confidence of its own, of z<sub>l</sub> and z<sub>c</sub> deviations:
     *
     * <pre>m &plusmn; &radic;(z<sub>l</sub>&sup2; &phi; &Sigma;(c - m)&sup2; + z<sub>c</sub>&sup2; d&sup2;) / n</pre>
     *
     * @param ofLooks in (0, 1)
     * @param ofCalibration in (0, 1)
     * @return {@link Interval#UNKNOWN} for n = 0
     */
    public Interval expectation(double ofLooks, double ofCalibration) {
        if (count == 0) {
            return Interval.UNKNOWN;
        }
        var look = Proportion.deviations(ofLooks) * Math.sqrt(dispersion * spread);
        var calibration = Proportion.deviations(ofCalibration) * Math.sqrt(doubt);
        var reach = StrictMath.hypot(look, calibration) / count;
        return new Interval(Math.max(0, share() - reach), Math.min(1, share() + reach));
    }
}
