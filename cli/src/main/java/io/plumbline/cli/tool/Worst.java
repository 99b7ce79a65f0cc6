package io.plumbline.cli.tool;

import io.plumbline.quantizer.quality.Closeness;
import java.util.Collection;
import java.util.function.ToDoubleFunction;

/** The worst of several outputs, figure by figure; NaN where no output has the figure. */
record Worst(double agreement, double cosine, double sqnrDb) {

    static Worst of(Collection<Closeness> outputs) {
        return new Worst(
                least(outputs, Closeness::agreement),
                least(outputs, Closeness::cosineMean),
                least(outputs, Closeness::sqnrDb));
    }

    private static double least(Collection<Closeness> outputs, ToDoubleFunction<Closeness> figure) {
        return outputs.stream()
                .mapToDouble(figure)
                .filter(value -> !Double.isNaN(value))
                .min()
                .orElse(Double.NaN);
    }
}
