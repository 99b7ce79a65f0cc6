package io.plumbline.laboratory;

import io.plumbline.inference.Tensor;
import io.plumbline.inference.detection.Agreement;
import io.plumbline.inference.detection.Placement;
import io.plumbline.inference.detection.head.Detector;
import java.util.Map;

/** Compares what two detectors find in the same images. Confined to one thread. */
public final class DetectionWatch {

    /** Share of the card's score down to which the candidate's boxes count in the average precision. */
    private static final double WEAK = 0.5;

    private final Detector reference;
    private final Detector candidate;
    private final Agreement agreement;

    public DetectionWatch(Detector detector) {
        var score = detector.selection().score();
        this.reference = detector;
        this.candidate = detector.withScore(score * WEAK);
        this.agreement = new Agreement(score);
    }

    /** The outputs of both for one image. Where it lay in the input does not matter: overlaps are the same. */
    void add(Map<String, Tensor> expected, Map<String, Tensor> actual) {
        agreement.add(candidate.detect(actual, Placement.WHOLE), reference.detect(expected, Placement.WHOLE));
    }

    /** Against what the reference found. */
    public Agreement.Result result() {
        return agreement.result();
    }
}
