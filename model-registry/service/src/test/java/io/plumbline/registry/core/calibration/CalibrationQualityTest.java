package io.plumbline.registry.core.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.artifact.QualityReport.Coverage;
import io.plumbline.contract.message.CalibrationInputs;
import io.plumbline.contract.message.FeatureSketch;
import io.plumbline.contract.message.InputHistogram;
import io.plumbline.contract.message.LabelCount;
import io.plumbline.contract.wire.Counts;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalibrationQualityTest {

    private static final Counts REFERENCE = new Counts(10, 10, 10, 10);

    @Test
    void whatIsSpreadAlikeOverlapsWhollyHoweverManyThereAre() {
        var quality = CalibrationQuality.of(
                List.of(windows("t", 1, 2, 3, 2), windows("t", 1, 2, 3, 2)), List.of(live("t", 100, 200, 300, 200)));
        assertThat(quality.coverage()).containsExactly(new Coverage("t", 16, 800, 1, 0));
    }

    @Test
    void whatTheWindowsMissIsTold() {
        // Given: shares 0.5 0.5 0 0 of the windows, and 0.25 0.25 0.25 0.25 of what is read
        var quality = CalibrationQuality.of(List.of(windows("t", 4, 4, 0, 0)), List.of(live("t", 5, 5, 5, 5)));
        assertThat(quality.coverage()).containsExactly(new Coverage("t", 8, 20, 0.5, 0.5));
    }

    @Test
    void theWorstFeatureComesFirst() {
        var given = List.of(new CalibrationInputs(
                List.of(sketch("a", 1, 1, 0, 0), sketch("b", 1, 0, 0, 0), sketch("c", 1, 1, 1, 1)), List.of()));
        var live = List.of(live("c", 1, 1, 1, 1), live("a", 1, 1, 1, 1), live("b", 1, 1, 1, 1));
        assertThat(CalibrationQuality.of(given, live).coverage())
                .extracting(Coverage::feature)
                .containsExactly("b", "a", "c");
    }

    @Test
    void whatNobodyCanCompareIsNotTold() {
        var given = List.of(windows("t", 1, 1, 1, 1));
        assertThat(CalibrationQuality.of(given, List.of()).coverage()).isEmpty();
        assertThat(CalibrationQuality.of(given, List.of(live("other", 1, 1, 1, 1)))
                        .coverage())
                .isEmpty();
        assertThat(CalibrationQuality.of(given, List.of(live("t", 0, 0, 0, 0))).coverage())
                .as("nothing was read")
                .isEmpty();
        assertThat(CalibrationQuality.of(List.of(windows("t", 1, 1)), List.of(live("t", 1, 1, 1, 1)))
                        .coverage())
                .as("of another profile")
                .isEmpty();
        assertThat(CalibrationQuality.of(List.of(), List.of(live("t", 1, 1, 1, 1))))
                .isEqualTo(CalibrationQuality.UNKNOWN);
    }

    @Test
    void answersAddUpAndTheMostFrequentComesFirst() {
        var one = new CalibrationInputs(List.of(), List.of(new LabelCount("a", 3), new LabelCount("b", 2)));
        var other = new CalibrationInputs(List.of(), List.of(new LabelCount("b", 4)));
        assertThat(CalibrationQuality.of(List.of(one, other), List.of()).answers())
                .containsExactly(new LabelCount("b", 6), new LabelCount("a", 3));
    }

    private static CalibrationInputs windows(String feature, long... bins) {
        return new CalibrationInputs(List.of(sketch(feature, bins)), List.of());
    }

    private static FeatureSketch sketch(String feature, long... bins) {
        return new FeatureSketch(feature, new Counts(bins), 0, 0, 0);
    }

    private static InputHistogram live(String feature, long... bins) {
        return new InputHistogram(feature, List.of(1.0, 2.0, 3.0), REFERENCE, new Counts(bins), 0);
    }
}
