package io.plumbline.registry.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.artifact.QualityReport.Outside;
import io.plumbline.contract.artifact.TensorRange;
import io.plumbline.contract.message.TensorHistogram;
import io.plumbline.contract.wire.Counts;
import io.plumbline.quantizer.quality.Closeness;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QualityReportsTest {

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
        var report = QualityReports.of("static-minmax", Map.of("p", same), Optional.empty());
        assertThat(report.samples()).isEqualTo(3);
        assertThat(report.outputs()).singleElement().satisfies(output -> {
            assertThat(output.agreement()).isEmpty();
            assertThat(output.sqnrDb()).isEmpty();
        });
        assertThat(QualityReports.of("dynamic", Map.of(), Optional.empty()).samples())
                .isZero();
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
        return QualityReports.of(recipe, Map.of(), Optional.empty()).exactOn();
    }

    private static double outside(TensorHistogram histogram, double min, double max) {
        return QualityReports.outside(List.of(histogram), List.of(new TensorRange("x", min, max))).stream()
                .mapToDouble(Outside::share)
                .sum();
    }
}
