package io.plumbline.drift;

import io.plumbline.contract.message.LabelScore;
import io.plumbline.drift.confidence.LabelledScores;
import java.util.List;
import java.util.Optional;

/**
 * What labels say about a build.
 *
 * @param labels of the horizon, one entry per true or predicted label; empty where nobody labels
 * @param scores of all answers of the build on the site that were ever labelled; empty where none was, or scores are not told
 */
public record Truth(List<LabelScore> labels, Optional<LabelledScores> scores) {

    /** Nobody labels, or ever did. */
    public static final Truth UNKNOWN = new Truth(List.of(), Optional.empty());

    public Truth {
        labels = List.copyOf(labels);
    }

    /** Labels of answers whose scores are not told. */
    public static Truth of(List<LabelScore> labels) {
        return new Truth(labels, Optional.empty());
    }
}
