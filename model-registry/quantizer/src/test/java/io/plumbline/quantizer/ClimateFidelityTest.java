package io.plumbline.quantizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.ModelLoadException;
import io.plumbline.inference.OrtEngine;
import io.plumbline.quantizer.arithmetic.ActivationRange;
import io.plumbline.quantizer.onnx.MalformedModelException;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import io.plumbline.quantizer.qdq.Recalibration;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The figures of climate/report.json, which were measured on models made by another program. */
class ClimateFidelityTest {

    private static List<ClimateWindows.Window> windows = List.of();
    private static float[] fp32 = new float[0];

    @BeforeAll
    static void runFp32() throws IOException, ModelLoadException {
        windows = ClimateWindows.all();
        fp32 = probabilities(ClimateWindows.model());
    }

    @Test
    void calibratedOnAQuietIndoorHourItLosesTheEventsOutdoorsWhileTheAverageLooksFine() throws Exception {
        var int8 = probabilities(staticBuild(w -> w.indoor() && w.newest() <= 720));
        assertThat(agreement(int8, w -> !w.indoor())).isCloseTo(0.9944, within(0.0005));
        assertThat(agreement(int8, w -> !w.indoor() && w.event())).isCloseTo(0.278, within(0.012));
    }

    @Test
    void recalibratedOnTheFirstOutdoorHourItFollowsAgain() throws Exception {
        var int8 = probabilities(staticBuild(w -> !w.indoor() && w.newest() <= 720));
        assertThat(agreement(int8, w -> !w.indoor())).isCloseTo(0.9994, within(0.0005));
        assertThat(agreement(int8, w -> !w.indoor() && w.event())).isCloseTo(0.900, within(0.012));
    }

    @ParameterizedTest
    @CsvSource({"0.25, 0.622", "0.5, 0.711", "0.9, 0.789", "1, 0.900"})
    void theMoreOfTheOldRangesIsKeptTheFewerEventsItFollows(double share, double expected) throws Exception {
        var stale = OnnxModel.parse(staticBuild(w -> w.indoor() && w.newest() <= 720));
        var build = Recalibration.of(stale)
                .apply(
                        ranges(w -> !w.indoor() && w.newest() <= 720),
                        new Renewal(share, 10),
                        new Provenance("s", "recalibrate-minmax", Optional.empty()));
        var int8 = probabilities(build.toBytes());
        assertThat(agreement(int8, w -> !w.indoor() && w.event())).isCloseTo(expected, within(0.012));
    }

    @Test
    void dynamicFollowsEverywhere() throws Exception {
        var model = OnnxModel.parse(ClimateWindows.model());
        var int8 = probabilities(DynamicQuantizer.quantize(model, new Provenance("s", "dynamic", Optional.empty()))
                .toBytes());
        assertThat(agreement(int8, w -> true)).isGreaterThan(0.9995);
        assertThat(agreement(int8, w -> !w.indoor() && w.event())).isEqualTo(1.0);
    }

    @Test
    void aBuildIsSmallerAndSaysWhereItComesFrom() throws Exception {
        var bytes = staticBuild(w -> w.indoor() && w.newest() <= 720);
        assertThat(bytes.length).isLessThan(ClimateWindows.model().length / 2);
        assertThat(OnnxModel.parse(bytes).proto().getMetadataPropsList())
                .anyMatch(entry -> entry.getKey().equals("plumbline.recipe")
                        && entry.getValue().equals("static-minmax"))
                .anyMatch(entry ->
                        entry.getKey().equals("classes") && entry.getValue().equals("normal,event"));
    }

    private static byte[] staticBuild(Predicate<ClimateWindows.Window> calibration)
            throws IOException, MalformedModelException, UnsupportedGraphException, ModelLoadException {
        var model = OnnxModel.parse(ClimateWindows.model());
        var provenance = new Provenance("s", "static-minmax", Optional.of("c"));
        return StaticQuantizer.quantize(model, ranges(calibration), provenance).toBytes();
    }

    private static Map<String, ActivationRange> ranges(Predicate<ClimateWindows.Window> calibration)
            throws IOException, MalformedModelException, UnsupportedGraphException, ModelLoadException {
        var model = OnnxModel.parse(ClimateWindows.model());
        var tensors = StaticQuantizer.observedTensors(model);
        assertThat(tensors).containsExactly("act0", "act1", "act2", "act3");
        Map<String, ActivationRange> ranges = new LinkedHashMap<>();
        try (var engine = OrtEngine.load(ObservedModel.of(model, tensors).toBytes(), EngineOptions.DEFAULT)) {
            for (var window : windows) {
                if (calibration.test(window)) {
                    var outputs = engine.run(Map.of("window", window.values()));
                    for (var tensor : tensors) {
                        var values = outputs.get(tensor);
                        for (int i = 0; i < values.size(); i++) {
                            ranges.merge(
                                    tensor, new ActivationRange(values.get(i), values.get(i)), ActivationRange::union);
                        }
                    }
                }
            }
        }
        return ranges;
    }

    private static float[] probabilities(byte[] model) throws ModelLoadException {
        var all = new float[windows.size()];
        try (var engine = OrtEngine.load(model, EngineOptions.DEFAULT)) {
            for (int i = 0; i < all.length; i++) {
                all[i] = engine.run(Map.of("window", windows.get(i).values()))
                        .get("probabilities")
                        .get(1);
            }
        }
        return all;
    }

    private static double agreement(float[] int8, Predicate<ClimateWindows.Window> which) {
        var same = 0;
        var count = 0;
        for (int i = 0; i < int8.length; i++) {
            if (which.test(windows.get(i))) {
                count++;
                same += (int8[i] >= 0.5) == (fp32[i] >= 0.5) ? 1 : 0;
            }
        }
        return (double) same / count;
    }
}
