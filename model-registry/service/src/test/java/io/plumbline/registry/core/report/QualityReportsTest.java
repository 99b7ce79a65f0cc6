package io.plumbline.registry.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.artifact.QualityReport;
import io.plumbline.contract.artifact.QualityReport.Layer;
import io.plumbline.contract.artifact.QualityReport.LayerSet;
import io.plumbline.contract.artifact.QualityReport.Outside;
import io.plumbline.contract.artifact.TensorRange;
import io.plumbline.contract.message.TensorHistogram;
import io.plumbline.contract.wire.Counts;
import io.plumbline.quantizer.inspect.Products.Product;
import io.plumbline.quantizer.quality.Closeness;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QualityReportsTest {

    private static final LayerSet NONE = QualityReports.noLayers("no samples");

    @Test
    void valuesBeyondARangeAreCountedByTheirBins() {
        // Given: eight bins over [-4, 4], one value in each
        var histogram = new TensorHistogram("x", -4, 4, 4, new Counts(1, 1, 1, 1, 1, 1, 1, 1));

        // Then
        assertThat(outside(histogram, -4, 4)).isZero();
        assertThat(outside(histogram, -1.5, 4)).isEqualTo(2 / 8.0);
        assertThat(outside(histogram, -0.5, 0.5)).isEqualTo(6 / 8.0);
        assertThat(QualityReports.outside(List.of(histogram), List.of(new TensorRange("y", 0, 1))))
                .isEmpty();
    }

    @Test
    void whatIsNotANumberIsLeftOut() {
        var same = new Closeness(3, Double.NaN, 1, 1, Double.POSITIVE_INFINITY, 0);
        var report = QualityReports.of("static-minmax", Map.of("p", same), Optional.empty(), NONE);
        assertThat(report.samples()).isEqualTo(3);
        assertThat(report.outputs()).singleElement().satisfies(output -> {
            assertThat(output.agreement()).isEmpty();
            assertThat(output.sqnrDb()).isEmpty();
        });
        assertThat(QualityReports.of("dynamic", Map.of(), Optional.empty(), NONE)
                        .samples())
                .isZero();
    }

    @Test
    void theNoisiestLayersComeFirstAndNoiseWithoutASignalIsTheWorst() {
        // Given
        Map<Product, Closeness> compared = new LinkedHashMap<>();
        compared.put(product("fine"), noise(40.123));
        compared.put(product("same"), noise(Double.POSITIVE_INFINITY));
        compared.put(product("unknown"), noise(Double.NaN));
        compared.put(product("silent"), noise(Double.NEGATIVE_INFINITY));
        compared.put(product("coarse"), noise(7));
        // When
        var layers = QualityReports.layers(compared);
        // Then
        assertThat(layers.worst())
                .containsExactly(
                        new Layer("silent", "Conv", Optional.of(-100.0)),
                        new Layer("coarse", "Conv", Optional.of(7.0)),
                        new Layer("fine", "Conv", Optional.of(40.12)),
                        new Layer("same", "Conv", Optional.empty()));
        assertThat(layers.compared()).isEqualTo(4);
        assertThat(layers.samples()).isEqualTo(3);
        assertThat(layers.because()).isEmpty();
    }

    @Test
    void ofManyLayersTheWorstAreNamedAndOfNoneTheReason() {
        // Given
        Map<Product, Closeness> compared = new LinkedHashMap<>();
        IntStream.range(0, 100).forEach(i -> compared.put(product("n" + i), noise(i)));
        // Then
        var layers = QualityReports.layers(compared);
        assertThat(layers.worst()).hasSize(QualityReport.MOST_LAYERS);
        assertThat(layers.compared()).isEqualTo(100);
        assertThat(QualityReports.layers(Map.of()).because())
                .isEqualTo("Nothing that comes out of a layer of it can be compared with FP32.");
    }

    private static Product product(String node) {
        return new Product(node, "Conv", List.of("x", "w"), node);
    }

    private static Closeness noise(double sqnrDb) {
        return new Closeness(3, Double.NaN, 1, 1, sqnrDb, 0);
    }

    @Test
    void bytesTimesBytesNeedWideSumsAndFloatsDoNot() {
        assertThat(exactOn("dynamic")).containsExactly("x64-vnni", "arm64");
        assertThat(exactOn("static-mse, 3 nodes in float")).containsExactly("x64-vnni", "arm64");
        assertThat(exactOn("qat")).doesNotContain("x64");
        assertThat(exactOn("fp16")).contains("x64");
        assertThat(exactOn("int8-weights")).contains("x64");
        assertThat(exactOn("int4")).contains("x64");
    }

    private static List<String> exactOn(String recipe) {
        return QualityReports.of(recipe, Map.of(), Optional.empty(), NONE).exactOn();
    }

    private static double outside(TensorHistogram histogram, double min, double max) {
        return QualityReports.outside(List.of(histogram), List.of(new TensorRange("x", min, max))).stream()
                .mapToDouble(Outside::share)
                .sum();
    }
}
