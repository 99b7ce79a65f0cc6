package io.plumbline.registry.core.recalibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.CalibrationInputs;
import io.plumbline.contract.message.CalibrationMessage.Observed;
import io.plumbline.contract.message.FeatureSketch;
import io.plumbline.contract.message.LabelCount;
import io.plumbline.contract.message.TensorHistogram;
import io.plumbline.contract.wire.Counts;
import io.plumbline.inference.model.RangeHistogram;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ContributionsTest {

    private static final int BINS = 64;
    private static final int MOST = 512;
    private static final int WINDOWS = 50;

    private final Random random = new Random(11);

    @Test
    void honestSitesThatDifferAreAllKept() {
        var sifted = of(observed("a", 0, 1), observed("b", 3, 5), observed("c", -4, 2), observed("d", 0, 0.5));
        assertThat(sifted.kept()).hasSize(4);
        assertThat(sifted.setAside()).isEmpty();
    }

    @Test
    void oneThatAloneWouldMakeTheRangeTenTimesAsWideIsSetAside() {
        var sifted = of(observed("a", 0, 1), observed("b", 0, 1), observed("c", 0, 1), observed("broken", 0, 4000));
        assertThat(sifted.kept()).containsOnlyKeys(id("a"), id("b"), id("c"));
        assertThat(sifted.setAside().get(id("broken")))
                .startsWith("alone makes the range of 't' ")
                .endsWith("check its sensors");
    }

    /** Sensors need not measure anything near zero: the range of those that are well is two degrees wide, not twenty-two. */
    @Test
    void oneThatStretchesARangeFarFromZeroTenTimesIsSetAside() {
        var sifted = of(
                inside("a", 20, 22, 0, 1),
                inside("b", 20, 22, 0, 1),
                inside("c", 20, 22, 0, 1),
                inside("broken", 20, 60, 0, 1));
        assertThat(sifted.setAside()).containsOnlyKeys(id("broken"));
        assertThat(sifted.setAside().get(id("broken")))
                .matches("alone makes the range of 't' (19|2\\d)\\.\\d times as wide as all others together: check its"
                        + " sensors");
    }

    /** Its inputs are like everybody's, and everybody's ranges would be useless. */
    @Test
    void oneThatAloneOpensATensorInsideTheModelAThousandTimesIsSetAside() {
        for (var to : List.of(1e30, -1e30)) {
            var sifted =
                    of(observed("a", 0, 1), observed("b", 0, 1), observed("c", 0, 1), inside("broken", 0, 1, 0, to));
            assertThat(sifted.kept()).containsOnlyKeys(id("a"), id("b"), id("c"));
            assertThat(sifted.setAside().get(id("broken")))
                    .matches(
                            "alone makes the range of 'deeper' \\d\\.\\d+e\\+2\\d times as wide as all others together;"
                                    + " no inputs do that: check the gateway");
            assertThat(sifted.widest()).isEmpty();
        }
    }

    @Test
    void whatIsRareMayOpenATensorInsideTheModelFarWiderThanTheInput() {
        var sifted = of(observed("a", 0, 1), observed("b", 0, 1), observed("c", 0, 1), inside("rare", 0, 1, 0, 8000));
        assertThat(sifted.kept()).hasSize(4);
        assertThat(sifted.widest().orElseThrow())
                .startsWith("rare alone makes the range of 'deeper' 79")
                .endsWith(" times as wide as all others together");
    }

    @Test
    void aBrokenSensorDoesNotHideAPoisonedTensor() {
        var sifted = of(
                observed("a", 0, 1),
                observed("b", 0, 1),
                observed("c", 0, 1),
                inside("sensor", 0, 4000, 0, 1e25),
                inside("poison", 0, 1, 0, 1e27));
        assertThat(sifted.setAside()).containsOnlyKeys(id("sensor"), id("poison"));
    }

    @Test
    void ofTwoTheWiderIsNamedAndKept() {
        var sifted = of(observed("a", 0, 1), inside("b", 0, 1, 0, 1e30));
        assertThat(sifted.kept()).hasSize(2);
        assertThat(sifted.widest().orElseThrow()).startsWith("b alone makes the range of 'deeper' ");
        assertThat(of(observed("a", 0, 1), observed("b", -2, 3)).widest()).isEmpty();
    }

    @Test
    void whereAllOthersSawNothingButZeroNoWidthHarmsThem() {
        var sifted = of(
                inside("a", 0, 1, 0, 0), inside("b", 0, 1, 0, 0), inside("c", 0, 1, 0, 0), inside("d", 0, 1, 0, 4000));
        assertThat(sifted.kept()).hasSize(4);
    }

    @Test
    void oneThatPutsItsTensorsInAnotherOrderIsSetAsideAllTheSame() {
        var sifted = of(
                observed("a", List.of(histogram("t", 0, 1, 1), histogram("u", 0, 1, 1))),
                observed("b", List.of(histogram("t", 0, 1, 1), histogram("u", 0, 1, 1))),
                observed("c", List.of(histogram("t", 0, 1, 1), histogram("u", 0, 1, 1))),
                observed("broken", List.of(histogram("u", 0, 1, 1), histogram("t", 0, 4000, 1))));
        assertThat(sifted.setAside()).containsOnlyKeys(id("broken"));
        assertThat(sifted.setAside().get(id("broken"))).startsWith("alone makes the range of 't' ");
    }

    @Test
    void valuesThatNoTensorHoldsAreSetAsideAlsoOfTwo() {
        var bins = new long[BINS];
        bins[BINS - 1] = WINDOWS;
        var huge = new TensorHistogram("t", 8e307, 8e307, Math.scalb(1.0, 1023), new Counts(bins));
        var sifted = of(observed("a", 0, 1), observed("broken", List.of(huge)));
        assertThat(sifted.setAside().get(id("broken"))).endsWith("which no tensor holds");
    }

    @Test
    void ofTwoNobodyCanTellWhichIsBroken() {
        assertThat(of(observed("a", 0, 1), observed("b", 0, 4000)).kept()).hasSize(2);
    }

    @Test
    void countsThatNoCountingGivesAreSetAside() {
        var good = histogram("t", 0, 1, 3);
        var half = new long[BINS];
        half[40] = WINDOWS + 1;
        assertAside(List.of(), WINDOWS, "sent no histogram");
        assertAside(List.of(good), 0, "says that it used 0 windows of 512 at most");
        assertAside(List.of(good), MOST + 1, "says that it used 513 windows");
        assertAside(
                List.of(new TensorHistogram("t", 0.3, 0.3, 1, new Counts(half))),
                WINDOWS,
                "histogram of 't' counts 51 values, which is no multiple of its 50 windows");
        assertAside(List.of(new TensorHistogram("t", 0, 0, 1, Counts.zeros(BINS))), WINDOWS, "counts 0 values");
        assertAside(
                List.of(new TensorHistogram("t", 0, 0.5, 1, new Counts(new long[2 * BINS]))),
                WINDOWS,
                "has 128 bins, asked were 64");
        assertAside(
                List.of(new TensorHistogram("t", -0.9, good.max(), good.bound(), good.bins())),
                WINDOWS,
                "says -0.9000 to ");
    }

    /** They would overflow when they are added, and end the recalibration of everybody. */
    @Test
    void countsThatAddUpToMoreThanANumberHoldsAreSetAside() {
        var huge = new long[BINS];
        huge[BINS - 1] = Long.MAX_VALUE;
        huge[BINS - 2] = Long.MAX_VALUE;
        huge[BINS - 3] = 2 + WINDOWS;
        assertAside(
                List.of(new TensorHistogram("t", 0.92, 0.99, 1, new Counts(huge))),
                WINDOWS,
                "counts 9223372036854775807 values in one bin");
    }

    /** It would fold the bins of all others into two. */
    @Test
    void binsThatAreWiderThanTheirValuesNeedAreSetAside() {
        var middle = new long[BINS];
        middle[BINS / 2] = WINDOWS;
        assertAside(
                List.of(new TensorHistogram("t", 0, 1, Math.scalb(1.0, 1000), new Counts(middle))),
                WINDOWS,
                "has bins up to 1.072e+301, though 0.000 to 1.000 need half of it");
        assertThatThrownBy(() -> new TensorHistogram("t", 0, 1, Double.POSITIVE_INFINITY, new Counts(middle)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be a power of two");
    }

    @Test
    void oneThatObservedAnotherModelIsSetAside() {
        var other = new Observed(
                "r", new ModelName("m"), id("other"), new SiteId("other"), WINDOWS, List.of(histogram("t", 0, 1, 2)));
        var sifted = of(observed("a", 0, 1), observed("b", 0, 1), other);
        assertThat(sifted.setAside())
                .containsOnly(Map.entry(
                        id("other"), "observed other tensors, or other numbers of values, than the other gateways"));
    }

    @Test
    void ofTwoThatObservedDifferentModelsNeitherIsTrusted() {
        var other = new Observed(
                "r", new ModelName("m"), id("other"), new SiteId("other"), WINDOWS, List.of(histogram("t", 0, 1, 2)));
        assertThat(of(observed("a", 0, 1), other).kept()).isEmpty();
    }

    @Test
    void windowsThatAreNotWhatTheyWereCountedAsAreSetAside() {
        var sketch = new FeatureSketch("humidity", new Counts(WINDOWS, 1), 0, 0, 0);
        assertInputsAside(
                new CalibrationInputs(List.of(sketch), List.of()),
                "counts " + (WINDOWS + 1) + " values of feature 'humidity' in its " + WINDOWS + " windows");
        assertInputsAside(
                new CalibrationInputs(List.of(), List.of(new LabelCount("normal", Long.MAX_VALUE))),
                "counts 9223372036854775807 answers 'normal'");
    }

    private void assertInputsAside(CalibrationInputs inputs, String why) {
        var good = observed("bad", 0, 1);
        var bad = new Observed(
                "r", good.model(), good.gateway(), good.site(), WINDOWS, good.histograms(), Optional.of(inputs));
        assertThat(of(observed("a", 0, 1), bad).setAside().get(id("bad"))).contains(why);
    }

    private void assertAside(List<TensorHistogram> histograms, long windows, String why) {
        var bad = new Observed("r", new ModelName("m"), id("bad"), new SiteId("bad"), windows, histograms);
        var sifted = of(observed("a", 0, 1), observed("b", 0, 1), bad);
        assertThat(sifted.kept()).containsOnlyKeys(id("a"), id("b"));
        assertThat(sifted.setAside().get(id("bad"))).contains(why);
    }

    private static Contributions of(Observed... answers) {
        var all = new HashMap<GatewayId, Observed>();
        List.of(answers).forEach(answer -> all.put(answer.gateway(), answer));
        return Contributions.of(all, BINS, MOST);
    }

    private Observed observed(String gateway, double from, double to) {
        var histograms = List.of(histogram("t", from, to, 3), histogram("deeper", 10 * from, 10 * to, 5));
        return new Observed("r", new ModelName("m"), id(gateway), new SiteId(gateway), WINDOWS, histograms);
    }

    private Observed inside(String gateway, double from, double to, double deeperFrom, double deeperTo) {
        return observed(gateway, List.of(histogram("t", from, to, 3), histogram("deeper", deeperFrom, deeperTo, 5)));
    }

    private static Observed observed(String gateway, List<TensorHistogram> histograms) {
        return new Observed("r", new ModelName("m"), id(gateway), new SiteId(gateway), WINDOWS, histograms);
    }

    private TensorHistogram histogram(String tensor, double from, double to, int perWindow) {
        var histogram = new RangeHistogram(tensor, BINS);
        for (int i = 0; i < WINDOWS * perWindow; i++) {
            histogram.add(from + (to - from) * random.nextDouble());
        }
        return histogram.snapshot();
    }

    private static GatewayId id(String name) {
        return new GatewayId(name);
    }
}
