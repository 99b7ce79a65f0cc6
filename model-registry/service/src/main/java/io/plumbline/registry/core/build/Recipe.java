package io.plumbline.registry.core.build;

import io.plumbline.contract.message.TensorHistogram;
import io.plumbline.quantizer.arithmetic.ActivationRange;
import io.plumbline.quantizer.arithmetic.HistogramRange;
import java.util.Arrays;

/** How a build is made. */
public enum Recipe {
    /** Ranges at run time, over each whole tensor. */
    DYNAMIC("dynamic") {
        @Override
        ActivationRange range(TensorHistogram histogram) {
            throw new IllegalStateException("a dynamic recipe has no ranges; asking is a bug");
        }
    },
    /** Exactly what was seen. */
    STATIC_MINMAX("static-minmax") {
        @Override
        ActivationRange range(TensorHistogram histogram) {
            return seen(histogram);
        }
    },
    /** What was seen, and five percent of its width more at each end: the next hour is never quite like the last. */
    STATIC_MINMAX_MARGIN("static-minmax-margin") {
        @Override
        ActivationRange range(TensorHistogram histogram) {
            return seen(histogram).widened(MARGIN);
        }
    },
    /** All but the outermost 0.01 %. */
    STATIC_PERCENTILE("static-percentile") {
        @Override
        ActivationRange range(TensorHistogram histogram) {
            return HistogramRange.percentile(
                    KEPT, histogram.bound(), histogram.bins().toArray(), seen(histogram));
        }
    };

    private static final double MARGIN = 0.05;
    private static final double KEPT = 0.9999;

    private final String word;

    Recipe(String word) {
        this.word = word;
    }

    /** As cards and build cards name it. */
    public String word() {
        return word;
    }

    public boolean isStatic() {
        return this != DYNAMIC;
    }

    /** What an activation's histogram becomes; only for static recipes. */
    abstract ActivationRange range(TensorHistogram histogram);

    private static ActivationRange seen(TensorHistogram histogram) {
        return new ActivationRange(histogram.min(), histogram.max());
    }

    public static Recipe of(String word) throws BuildException {
        return Arrays.stream(values())
                .filter(recipe -> recipe.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new BuildException("recipe '" + word + "' is not known; known are "
                        + Arrays.stream(values()).map(Recipe::word).toList()));
    }
}
