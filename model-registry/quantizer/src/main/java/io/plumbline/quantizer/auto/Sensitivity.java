package io.plumbline.quantizer.auto;

import io.plumbline.quantizer.inspect.Products;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.quality.Closeness;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Which nodes cost a build its nearness to FP32: those whose outputs are much further from it than their inputs were. The
 * drop counts, not the level, since noise is handed on from node to node.
 */
public final class Sensitivity {

    /** What a tensor that does not differ at all counts as, in dB. */
    private static final double EQUAL_DB = 100;

    private Sensitivity() {}

    /**
     * @param node by name; by its first output if it has none
     * @param lossDb SQNR of its worst input less that of its output
     */
    public record Suspect(String node, double lossDb) {}

    /**
     * The products of a model, the costliest first. One that a Relu or Clip follows is judged by what comes out of that.
     *
     * @param closeness of the tensors of a static build of it, by name; products without figures are left out
     */
    public static List<Suspect> rank(OnnxModel prepared, Map<String, Closeness> closeness) {
        var suspects = new ArrayList<Suspect>();
        for (var product : Products.of(prepared, closeness.keySet())) {
            var in = product.inputs().stream()
                    .filter(closeness::containsKey)
                    .mapToDouble(input -> decibels(closeness, input))
                    .min()
                    .orElse(EQUAL_DB);
            suspects.add(new Suspect(product.node(), in - decibels(closeness, product.tensor())));
        }
        suspects.sort(Comparator.comparingDouble(Suspect::lossDb).reversed());
        return suspects;
    }

    private static double decibels(Map<String, Closeness> closeness, String tensor) {
        var figure = closeness.get(tensor);
        return figure == null || Double.isNaN(figure.sqnrDb()) ? EQUAL_DB : Math.min(EQUAL_DB, figure.sqnrDb());
    }
}
