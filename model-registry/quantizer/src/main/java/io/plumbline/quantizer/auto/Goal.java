package io.plumbline.quantizer.auto;

import io.plumbline.quantizer.quality.Closeness;
import java.util.Collection;
import java.util.Locale;

/**
 * What a build must reach to be taken, and what is best among those that do.
 *
 * @param figure what counts as near to FP32
 * @param least smallest value of the figure, of the worst output
 * @param measure what is best among the builds that reach it
 */
public record Goal(Figure figure, double least, Measure measure) {

    /** What counts as near to FP32. */
    public enum Figure {
        /** Mean over the samples of the cosine between whole outputs. */
        COSINE,
        /** Share of rows with the same largest element; an output without rows does not count. */
        AGREEMENT,
        /** Signal to quantization noise in dB. */
        SQNR,
        /** What FP32 detects, found again: {@link Laboratory.Measured#detections}. */
        DETECTIONS;

        private double of(Closeness output) {
            return switch (this) {
                case COSINE -> output.cosineMean();
                case AGREEMENT -> output.agreement();
                case SQNR -> output.sqnrDb();
                case DETECTIONS -> Double.NaN;
            };
        }
    }

    /** What is best among the builds that are near enough. */
    public enum Measure {
        LATENCY,
        SIZE
    }

    /** The figure of a build, of its worst output; NaN if it does not have the figure, which reaches no goal. */
    public double worst(Laboratory.Measured measured) {
        return figure == Figure.DETECTIONS
                ? measured.detections().orElse(Double.NaN)
                : worst(measured.outputs().values());
    }

    private double worst(Collection<Closeness> outputs) {
        return outputs.stream()
                .mapToDouble(figure::of)
                .filter(value -> !Double.isNaN(value))
                .min()
                .orElse(Double.NaN);
    }

    boolean isReached(Laboratory.Measured measured) {
        return worst(measured) >= least;
    }

    /** For people: {@code cosine of at least 0.99}. */
    public String words() {
        return figure.name().toLowerCase(Locale.ROOT) + " of at least " + least;
    }
}
