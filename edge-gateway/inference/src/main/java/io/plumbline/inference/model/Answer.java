package io.plumbline.inference.model;

import io.plumbline.contract.message.Prediction;
import io.plumbline.inference.InferenceException;
import io.plumbline.inference.detection.Detection;
import java.util.List;
import java.util.Optional;

/**
 * What a model said.
 *
 * @param prediction of a classifier
 * @param probabilities one per label of the card, in its order; none of a detector
 * @param detections of a detector, strongest first, in shares of the model's input; none of a classifier
 */
public record Answer(Optional<Prediction> prediction, List<Double> probabilities, List<Detection> detections) {

    public Answer {
        probabilities = List.copyOf(probabilities);
        detections = List.copyOf(detections);
    }

    /**
     * The label with the largest probability; the first of equals.
     *
     * @param probabilities one per label
     * @throws InferenceException if their number is another, or one is NaN or outside [0, 1] by more than rounding
     */
    static Answer of(List<String> labels, float[] probabilities) {
        if (probabilities.length != labels.size()) {
            throw new InferenceException(
                    "the model gave " + probabilities.length + " values for " + labels.size() + " labels");
        }
        var best = 0;
        var all = new Double[probabilities.length];
        for (int i = 0; i < probabilities.length; i++) {
            all[i] = probability(labels.get(i), probabilities[i]);
            if (all[i] > all[best]) {
                best = i;
            }
        }
        return new Answer(Optional.of(new Prediction(labels.get(best), all[best])), List.of(all), List.of());
    }

    private static double probability(String label, float value) {
        var slack = 1e-4;
        if (!(value >= -slack && value <= 1 + slack)) {
            throw new InferenceException("the probability of '" + label + "' is " + value);
        }
        return Math.min(1, Math.max(0, value));
    }
}
