package io.plumbline.fleet.core.console.drift;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.MODEL;
import static io.plumbline.fleet.testing.Fleets.NORTH;
import static io.plumbline.fleet.testing.Fleets.T0;
import static io.plumbline.fleet.testing.Fleets.VERSION;
import static io.plumbline.fleet.testing.Fleets.faithful;
import static io.plumbline.fleet.testing.Fleets.health;
import static io.plumbline.fleet.testing.Fleets.stale;
import static io.plumbline.fleet.testing.ManyGateways.HUMIDITY;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.message.Cohort;
import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.InputHistogram;
import io.plumbline.contract.message.LatencyHistogram;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.message.Verdict;
import io.plumbline.contract.wire.Counts;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InputChartsTest {

    @Test
    void saysOfAFeatureHowFarItHasMovedAndWhatLiesOutside() {
        // When
        var drawn = InputCharts.of(
                health(BASELINE, NORTH, stale(), Verdict.CALIBRATION_STALE, T0).with(Optional.of(List.of(HUMIDITY))));
        // Then
        var chart = drawn.charts().get(0);
        assertThat(chart.outside())
                .isEqualTo("0.0 % are below 20 (reference 10.0 %), 80.0 % are 60 or more (reference 10.0 %)."
                        + " 3 more were no numbers.");
        assertThat(chart.bins())
                .extracting(bin -> bin.range() + ": " + bin.reference() + ", " + bin.now())
                .containsExactly(
                        "below 20: 10.0 %, 0.0 %",
                        "20 to below 40: 40.0 %, 4.0 %",
                        "40 to below 60: 40.0 %, 16.0 %",
                        "60 or more: 10.0 %, 80.0 %");
        assertThat(chart.psi()).isEqualTo("PSI not known");
        assertThat(drawn.about()).isEqualTo("48.6 % of the inputs leave the calibrated range of tensor “act0”.");
    }

    @Test
    void drawsBarsUpToTheAxisAndTheReferenceAsStepsOverThem() {
        // When
        var chart = InputCharts.of(health(BASELINE, NORTH, faithful(), T0).with(Optional.of(List.of(HUMIDITY))))
                .charts()
                .get(0);
        // Then: 80 % is the top of the axis
        assertThat(chart.ticks()).extracting(InputChart.Tick::words).containsExactly("0 %", "40 %", "80 %");
        assertThat(chart.bins().get(3).y()).isEqualTo("12.0");
        assertThat(chart.bins().get(3).height()).isEqualTo("154.0");
        assertThat(chart.bins().get(0).height()).isEqualTo("0.0");
        assertThat(chart.steps()).isEqualTo("M46 146.8H152.5V89.0H259.0V89.0H365.5V146.8H472.0");
        assertThat(chart.labels()).extracting(InputChart.Label::words).containsExactly("20", "40", "60");
    }

    @Test
    void saysOfHowManyFeaturesTheseAreTheFarthest() {
        // Given
        var facts = List.of(psi("humidity", 3.1, true), psi("light", 0.02, false), psi("voltage", 0, false));
        // When
        var drawn = InputCharts.of(judged(facts, List.of(HUMIDITY)));
        // Then
        assertThat(drawn.about()).isEqualTo("These are the 1 of 3 features that are farthest from the reference.");
        assertThat(drawn.charts().get(0).psi()).isEqualTo("PSI 3.10, limit 0.25");
        assertThat(drawn.charts().get(0).beyond()).isTrue();
    }

    @Test
    void hasNothingToShowOfAnOlderProcessorAndOneBinOfAFeatureThatNeverChanged() {
        // Given
        var constant = new InputHistogram("relay", List.of(), new Counts(10), new Counts(0), 0);
        // Then
        assertThat(InputCharts.of(judged(List.of(), List.of())).charts()).isEmpty();
        var chart =
                InputCharts.of(judged(List.of(), List.of(constant))).charts().get(0);
        assertThat(chart.outside()).isEqualTo("The reference never changed, so there is one bin for all.");
        assertThat(chart.bins()).extracting(InputChart.Bin::range).containsExactly("all values");
    }

    @Test
    void writesNoMoreLabelsThanCanBeRead() {
        // Given
        var bins = new Counts(IntStream.range(0, 32).mapToLong(i -> i).toArray());
        var edges = IntStream.range(1, 32).mapToObj(i -> i * 1.5).toList();
        // When
        var chart = InputCharts.of(judged(List.of(), List.of(new InputHistogram("light", edges, bins, bins, 0))))
                .charts()
                .get(0);
        // Then
        assertThat(chart.labels()).hasSizeBetween(3, 7);
        assertThat(chart.bins()).hasSize(32);
    }

    @Test
    void writesEdgesShortAndApart() {
        assertThat(Edges.inWords(List.of(-0.123456, 0.5, 61.0, 1234.5))).containsExactly("-0.123", "0.5", "61", "1234");
        assertThat(Edges.inWords(List.of(101.21, 101.23, 101.26))).containsExactly("101.21", "101.23", "101.26");
        assertThat(Edges.inWords(List.of(1e-12, 1e300))).containsExactly("1E-12", "1E+300");
    }

    private static Evidence psi(String feature, double value, boolean breached) {
        return new Evidence("psi", feature, value, value, value, 0.25, 500, breached);
    }

    private static ModelHealth judged(List<Evidence> facts, List<InputHistogram> inputs) {
        return new ModelHealth(
                        new Cohort(MODEL, VERSION, BASELINE, NORTH),
                        T0.minusSeconds(60),
                        T0,
                        500,
                        Fidelity.NONE,
                        List.of(),
                        LatencyHistogram.EMPTY,
                        Verdict.STABLE,
                        facts,
                        Optional.empty())
                .with(Optional.of(inputs));
    }
}
