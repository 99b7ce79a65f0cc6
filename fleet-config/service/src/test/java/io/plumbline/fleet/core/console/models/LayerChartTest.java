package io.plumbline.fleet.core.console.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.artifact.QualityReport;
import io.plumbline.contract.artifact.QualityReport.CalibrationSet;
import io.plumbline.contract.artifact.QualityReport.Contribution;
import io.plumbline.contract.artifact.QualityReport.Layer;
import io.plumbline.contract.artifact.QualityReport.LayerSet;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LayerChartTest {

    @Test
    void drawsTheNoisiestFirstAsTheReportHasThem() {
        // Given
        var layers = List.of(
                new Layer("silent", "Conv", Optional.of(-100.0)),
                new Layer("coarse", "MatMul", Optional.of(9.5)),
                new Layer("fine", "Conv", Optional.of(30.0)),
                new Layer("same", "Gemm", Optional.empty()));
        // When
        var chart = LayerChart.of(Optional.of(report(new LayerSet(16, 4, layers, ""), Optional.empty())));
        // Then
        assertThat(chart.bars())
                .containsExactly(
                        new Bar("silent", "0.0", "-100.0 dB", true),
                        new Bar("coarse", "15.8", "9.5 dB", true),
                        new Bar("fine", "50.0", "30.0 dB", false),
                        new Bar("same", "100.0", "exact", false));
        assertThat(chart.rows()).contains(new LayerChart.Row("coarse", "MatMul", "9.5 dB"));
        assertThat(chart.about()).isEqualTo("On 16 samples of the model's owner, when it was made.");
    }

    @Test
    void saysThatReadingsOfGatewaysWereNotLookedAtLayerByLayer() {
        // Given
        var contribution = new Contribution(new GatewayId("gw-1"), new SiteId("north"), 64);
        var calibration = new CalibrationSet(64, List.of(contribution), List.of());
        var layers = new LayerSet(16, 1, List.of(new Layer("a", "Conv", Optional.of(30.0))), "");
        // Then
        assertThat(LayerChart.of(Optional.of(report(layers, Optional.of(calibration))))
                        .about())
                .endsWith("when it was made: the readings that it was calibrated on are at the gateways,"
                        + " where outputs are compared, not layers.");
    }

    @Test
    void ofManyLayersSaysHowManyThereAre() {
        // Given
        var layers = IntStream.range(0, 64)
                .mapToObj(i -> new Layer("n" + i, "Conv", Optional.of((double) i)))
                .toList();
        // When
        var chart = LayerChart.of(Optional.of(report(new LayerSet(16, 90, layers, ""), Optional.empty())));
        // Then
        assertThat(chart.bars()).hasSize(16);
        assertThat(chart.rows()).hasSize(64);
        assertThat(chart.about()).endsWith("These are the noisiest 16 of 90 layers; the table has 64.");
    }

    @Test
    void saysWhyThereAreNoFigures() {
        assertThat(LayerChart.of(Optional.empty()).about()).isEmpty();
        assertThat(LayerChart.of(Optional.of(new QualityReport(0, List.of(), List.of(), Optional.empty())))
                        .about())
                .startsWith("This build was made before registries measured its layers");
        var none = new LayerSet(0, 0, List.of(), "The version came without samples.");
        assertThat(LayerChart.of(Optional.of(report(none, Optional.empty()))).about())
                .isEqualTo("The version came without samples.");
    }

    private static QualityReport report(LayerSet layers, Optional<CalibrationSet> calibration) {
        return new QualityReport(16, List.of(), List.of(), calibration, Optional.of(layers));
    }
}
