package io.plumbline.quantizer.auto;

import io.plumbline.quantizer.auto.Sensitivity.Suspect;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import io.plumbline.quantizer.quality.Closeness;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Which nodes cost a build most where it counts: at the model's outputs. Each suspect is quantized alone, all others left in
 * float, and the outputs are compared; noise that later nodes average out does not count, noise that they amplify does.
 */
final class Culprits {

    private final Foundry foundry;
    private final Laboratory laboratory;

    Culprits(Foundry foundry, Laboratory laboratory) {
        this.foundry = foundry;
        this.laboratory = laboratory;
    }

    /**
     * The costliest first.
     *
     * @param suspects tried in this order; those that time is too short for come last, in this order
     */
    List<String> rank(Recipe recipe, List<Suspect> suspects, BooleanSupplier timeIsUp) {
        var nodes = suspects.stream().map(Suspect::node).toList();
        Map<String, Double> decibels = new HashMap<>();
        for (var node : nodes) {
            decibels.put(node, timeIsUp.getAsBoolean() ? Double.POSITIVE_INFINITY : alone(node, recipe, nodes));
        }
        return nodes.stream()
                .sorted(Comparator.comparingDouble(node -> decibels.getOrDefault(node, Double.POSITIVE_INFINITY)))
                .toList();
    }

    /** SQNR of the worst output; infinite where the node cannot be quantized alone, which then costs nothing. */
    private double alone(String node, Recipe recipe, List<String> nodes) {
        var others = new LinkedHashSet<>(nodes);
        others.remove(node);
        try {
            var build = foundry.make(recipe.excluding(others));
            return laboratory.compareOutputs(build.model()).values().stream()
                    .mapToDouble(Closeness::sqnrDb)
                    .filter(value -> !Double.isNaN(value))
                    .min()
                    .orElse(Double.POSITIVE_INFINITY);
        } catch (UnsupportedGraphException e) {
            return Double.POSITIVE_INFINITY;
        }
    }
}
