package io.plumbline.registry.core.report;

import io.plumbline.contract.artifact.QualityReport;
import io.plumbline.contract.artifact.QualityReport.CalibrationSet;
import io.plumbline.contract.artifact.QualityReport.LayerSet;
import io.plumbline.contract.artifact.QualityReport.Outside;
import io.plumbline.contract.artifact.TensorRange;
import io.plumbline.contract.message.TensorHistogram;
import io.plumbline.quantizer.auto.Recipe.Method;
import io.plumbline.quantizer.inspect.Products.Product;
import io.plumbline.quantizer.quality.Closeness;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is said of a build when it is made. */
public final class QualityReports {

    /** Products of floats, on whatever processor. */
    private static final List<String> EVERYWHERE = List.of("x64-vnni", "x64", "arm64");
    /** Sums of unsigned by signed bytes saturate at 16 bits where x64 has no VNNI, and weights use all 8 bits. */
    private static final List<String> WIDE_SUMS = List.of("x64-vnni", "arm64");

    /** What noise counts as where FP32 has no signal. */
    private static final double LEAST_DB = -100;
    /** More digits say nothing. */
    private static final double HUNDREDTHS = 100;

    private static final Set<Method> OF_FLOATS = Set.of(Method.FP16, Method.INT8_WEIGHTS, Method.INT4_WEIGHTS);

    private QualityReports() {}

    /**
     * @param recipe as its card names it
     * @param outputs how near each is to FP32's; empty where the version has no samples
     * @param layers the same of its layers
     */
    public static QualityReport of(
            String recipe, Map<String, Closeness> outputs, Optional<CalibrationSet> calibration, LayerSet layers) {
        var samples =
                outputs.values().stream().mapToLong(Closeness::samples).max().orElse(0);
        return new QualityReport(
                samples,
                outputs.entrySet().stream()
                        .map(output -> output(output.getKey(), output.getValue()))
                        .toList(),
                exactOn(recipe),
                calibration,
                Optional.of(layers));
    }

    /** Of the layers that were compared, the noisiest ones. */
    public static LayerSet layers(Map<Product, Closeness> compared) {
        var known = compared.entrySet().stream()
                .filter(entry -> !Double.isNaN(entry.getValue().sqnrDb()))
                .toList();
        if (known.isEmpty()) {
            return noLayers("Nothing that comes out of a layer of it can be compared with FP32.");
        }
        return new LayerSet(
                known.get(0).getValue().samples(),
                known.size(),
                known.stream()
                        .sorted(Comparator.comparingDouble(
                                entry -> entry.getValue().sqnrDb()))
                        .limit(QualityReport.MOST_LAYERS)
                        .map(entry -> layer(entry.getKey(), entry.getValue().sqnrDb()))
                        .toList(),
                "");
    }

    /** @param because in a sentence */
    public static LayerSet noLayers(String because) {
        return new LayerSet(0, 0, List.of(), because);
    }

    private static QualityReport.Layer layer(Product product, double sqnrDb) {
        var rounded = Math.round(Math.max(LEAST_DB, sqnrDb) * HUNDREDTHS) / HUNDREDTHS;
        return new QualityReport.Layer(
                product.node(),
                product.operator(),
                Double.isInfinite(sqnrDb) && sqnrDb > 0 ? Optional.empty() : Optional.of(rounded));
    }

    private static List<String> exactOn(String recipe) {
        var floats = OF_FLOATS.stream().map(Method::word).anyMatch(recipe::startsWith);
        return floats ? EVERYWHERE : WIDE_SUMS;
    }

    private static QualityReport.Output output(String name, Closeness closeness) {
        return new QualityReport.Output(
                name,
                Optional.of(closeness.agreement()).filter(Double::isFinite),
                closeness.cosineMean(),
                closeness.cosineMin(),
                Optional.of(closeness.sqnrDb()).filter(Double::isFinite),
                closeness.largestDifference());
    }

    /** Of each range, which share of its tensor's values it leaves out. */
    public static List<Outside> outside(List<TensorHistogram> histograms, List<TensorRange> ranges) {
        return ranges.stream()
                .flatMap(range -> histograms.stream()
                        .filter(histogram -> histogram.tensor().equals(range.tensor()))
                        .map(histogram -> new Outside(range.tensor(), outside(histogram, range))))
                .toList();
    }

    /** A bin that the range cuts counts as within: the range came from values, the bin only from their count. */
    private static double outside(TensorHistogram histogram, TensorRange range) {
        var bins = histogram.bins();
        var width = 2 * histogram.bound() / bins.size();
        var left = 0L;
        for (int bin = 0; bin < bins.size(); bin++) {
            var from = -histogram.bound() + bin * width;
            if (from + width < range.min() || from > range.max()) {
                left += bins.get(bin);
            }
        }
        return (double) left / Math.max(1, bins.total());
    }
}
