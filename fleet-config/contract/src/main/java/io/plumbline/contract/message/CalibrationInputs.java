package io.plumbline.contract.message;

import io.plumbline.contract.wire.Require;
import java.util.HashSet;
import java.util.List;

/**
 * What windows are that ranges are taken from, in counts: no value of a reading is among them. Additive, where the bins are the same.
 *
 * @param features the newest reading of each window, or the figures of each image, in the bins of the build's reference profile
 * @param answers how often FP32 gave each class: a label a window, or every box that a detector found
 */
public record CalibrationInputs(List<FeatureSketch> features, List<LabelCount> answers) {

    public CalibrationInputs {
        features = List.copyOf(features);
        answers = List.copyOf(answers);
        var names = new HashSet<String>();
        features.forEach(one -> Require.that(names.add(one.feature()), "feature " + one.feature() + " comes twice"));
        var labels = new HashSet<String>();
        answers.forEach(one -> Require.that(labels.add(one.label()), "class " + one.label() + " comes twice"));
    }
}
