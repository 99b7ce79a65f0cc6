package io.plumbline.quantizer.auto;

import io.plumbline.quantizer.calibration.Calibrator;
import java.util.Optional;
import java.util.Set;

/**
 * How a build is made, in words that a report can hold.
 *
 * @param method how weights and activations are held
 * @param calibrator by the name that {@link Calibrator#named} knows; for the methods with calibrated ranges
 * @param excludedNodes names of nodes that stay float32; a node without a name goes by its first output
 */
public record Recipe(Method method, Optional<String> calibrator, Set<String> excludedNodes) {

    /** How weights and activations are held. */
    public enum Method {
        /** Bytes; activations over the range of each whole tensor at run time. */
        DYNAMIC("dynamic"),
        /** Bytes; activations over calibrated ranges. */
        STATIC("static"),
        /** Weights as bytes in blocks, activations in float32. */
        INT8_WEIGHTS("int8-weights"),
        /** Weights as half bytes in blocks, activations in float32. */
        INT4_WEIGHTS("int4"),
        /** Half precision. */
        FP16("fp16"),
        /** A model that was trained for quantization, with its own ranges. */
        QAT_IMPORT("qat-import"),
        /** A static build over new ranges. */
        RECALIBRATE("recalibrate");

        private final String word;

        Method(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }

        /** Whether its ranges come from calibration samples. */
        public boolean isCalibrated() {
            return this == STATIC || this == RECALIBRATE;
        }

        private boolean leavesNodesOut() {
            return this != FP16 && this != QAT_IMPORT && this != RECALIBRATE;
        }
    }

    public Recipe {
        excludedNodes = Set.copyOf(excludedNodes);
        calibrator.ifPresent(Calibrator::named);
        if (calibrator.isPresent() != method.isCalibrated()) {
            throw new IllegalArgumentException(
                    "recipe " + method.word() + (method.isCalibrated() ? " needs a" : " has no") + " calibrator");
        }
        if (!excludedNodes.isEmpty() && !method.leavesNodesOut()) {
            throw new IllegalArgumentException("recipe " + method.word() + " cannot leave nodes in float");
        }
    }

    public static Recipe of(Method method) {
        return new Recipe(method, Optional.empty(), Set.of());
    }

    /**
     * A static build.
     *
     * @throws IllegalArgumentException if there is no calibrator of that name
     */
    public static Recipe calibrated(String calibrator) {
        return new Recipe(Method.STATIC, Optional.of(calibrator), Set.of());
    }

    /**
     * From the words of a recipe without exclusions: {@code dynamic}, {@code fp16}, {@code static-percentile:99.9}.
     *
     * @throws IllegalArgumentException if there is no such recipe; the message names those that there are
     */
    public static Recipe parse(String words) {
        var calibrated = Method.STATIC.word() + "-";
        if (words.startsWith(calibrated)) {
            return calibrated(words.substring(calibrated.length()));
        }
        for (var method : Method.values()) {
            if (!method.isCalibrated() && method.word().equals(words)) {
                return of(method);
            }
        }
        throw new IllegalArgumentException("recipe '" + words
                + "' is not known; known are dynamic, static-CALIBRATOR, int8-weights, int4, fp16," + " qat-import");
    }

    public Recipe excluding(Set<String> nodes) {
        return new Recipe(method, calibrator, nodes);
    }

    /** For people and reports: {@code static-mse, 3 nodes in float}. */
    public String words() {
        var name = method.word() + calibrator.map(one -> "-" + one).orElse("");
        return switch (excludedNodes.size()) {
            case 0 -> name;
            case 1 -> name + ", 1 node in float";
            default -> name + ", " + excludedNodes.size() + " nodes in float";
        };
    }
}
