package io.plumbline.contract.artifact;

import java.util.List;
import java.util.Optional;

/**
 * How the recipe of a build was found.
 *
 * @param goal what it had to reach, in words
 * @param chosen the recipe
 * @param because the decision in a sentence
 * @param trials everything that was tried, in order
 */
public record SearchReport(String goal, String chosen, String because, List<Trial> trials) {

    public SearchReport {
        trials = List.copyOf(trials);
    }

    /**
     * @param excludedNodes that stayed float32
     * @param sizeBytes of the ONNX file; 0 if it could not be made
     * @param latencyMillis median of a call; empty if it does not run
     * @param fp32LatencyMillis the same of the FP32 model, measured side by side
     * @param reached whether it reaches the goal
     * @param because why it does or does not
     */
    public record Trial(
            String recipe,
            List<String> excludedNodes,
            long sizeBytes,
            Optional<Double> latencyMillis,
            Optional<Double> fp32LatencyMillis,
            boolean reached,
            String because) {

        public Trial {
            excludedNodes = List.copyOf(excludedNodes);
        }
    }
}
