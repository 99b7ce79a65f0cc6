package io.plumbline.cli.tool;

import io.plumbline.inference.detection.Agreement;
import java.util.Map;

/** How well a candidate finds what the reference finds, for people and for machines. */
final class Detected {

    private Detected() {}

    static String words(Agreement.Result result) {
        return "detections: AP50 " + Say.ratio(result.averagePrecision()) + " against the reference's, precision "
                + Say.ratio(result.precision()) + ", recall " + Say.ratio(result.recall()) + " over "
                + result.expected()
                + " boxes in " + result.images() + " images";
    }

    static Map<String, Object> json(Agreement.Result result) {
        return Say.object(
                "ap50", result.averagePrecision(),
                "precision", result.precision(),
                "recall", result.recall(),
                "boxes", result.expected(),
                "images", result.images());
    }
}
