package io.plumbline.registry.core.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.CalibrationMessage;
import io.plumbline.contract.message.RecalibrationEvent.Requested;
import io.plumbline.contract.message.TensorHistogram;
import io.plumbline.contract.wire.Json;
import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.OrtEngine;
import io.plumbline.inference.Tensor;
import io.plumbline.laboratory.Observation;
import io.plumbline.laboratory.OrtRuntime;
import io.plumbline.quantizer.ObservedModel;
import io.plumbline.quantizer.Preparation;
import io.plumbline.quantizer.StaticQuantizer;
import io.plumbline.quantizer.auto.Recipe;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.registry.core.calibration.Calibration;
import io.plumbline.registry.core.calibration.CalibrationQuality;
import io.plumbline.registry.core.choice.Choice;
import io.plumbline.registry.core.recalibration.Coordinator;
import io.plumbline.registry.core.recalibration.Effect;
import io.plumbline.registry.core.recalibration.Gate;
import io.plumbline.registry.core.recalibration.GatePolicy;
import io.plumbline.registry.core.recalibration.Recalibration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What four gateways send in histograms, as it travels, is as good as their windows, to the last byte. */
class FederatedCalibrationTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Digest RUNNING = Digest.of(new byte[] {1});
    /** Of a window. */
    private static final int VALUES = 5 * 32;

    /** In no proportion to each other, and the last has the windows in another order. */
    private static final List<Integer> SHARES = List.of(0, 17, 60, 61, 256);

    @Test
    void histogramsOfFourGatewaysGiveTheBuildOfAllTheirWindows() throws Exception {
        // Given
        var source = Models.occupancy("occ5_fp32.onnx");
        var windows = source.samples();
        assertThat(windows).hasSizeGreaterThanOrEqualTo(SHARES.get(4));
        var prepared = Preparation.prepare(OnnxModel.parse(source.onnx().get()), new OrtRuntime());
        var tensors = StaticQuantizer.observedTensors(prepared);
        try (var engine = OrtEngine.load(ObservedModel.of(prepared, tensors).toBytes(), EngineOptions.DEFAULT);
                var bench = Workbench.of(source, Workbench.Tools.of(new InProcess()), "a test")) {
            var central = observe(engine, tensors, source, windows.subList(0, SHARES.get(4)));

            // When
            var merged = merged(source, shares(engine, tensors, source));

            // Then
            assertThat(calibration(merged).id()).isEqualTo(calibration(central).id());
            for (var word : List.of("minmax", "minmax-margin", "percentile", "entropy", "mse")) {
                var recipe = Recipe.parse("static-" + word);
                var federated = bench.make(recipe, calibration(merged), NOW);
                var other = bench.make(recipe, calibration(central), NOW);
                assertThat(Digest.of(federated.onnx().get()))
                        .as(word)
                        .isEqualTo(Digest.of(other.onnx().get()));
                assertThat(federated.card()).isEqualTo(other.card());
            }
        }
    }

    private static Map<GatewayId, List<TensorHistogram>> shares(OrtEngine engine, List<String> tensors, Source source)
            throws Exception {
        Map<GatewayId, List<TensorHistogram>> all = new LinkedHashMap<>();
        for (int i = 0; i < SHARES.size() - 1; i++) {
            var share = source.samples().subList(SHARES.get(i), SHARES.get(i + 1));
            var ordered = i == SHARES.size() - 2 ? reversed(share) : share;
            all.put(new GatewayId("g" + i), observe(engine, tensors, source, ordered));
        }
        return all;
    }

    private static List<Tensor> reversed(List<Tensor> windows) {
        var turned = new ArrayList<>(windows);
        Collections.reverse(turned);
        return turned;
    }

    private static List<TensorHistogram> observe(
            OrtEngine engine, List<String> tensors, Source source, List<Tensor> windows) throws Exception {
        var inputs =
                windows.stream().map(window -> Map.of(source.input(), window)).toList();
        return Observation.of(engine, tensors, inputs);
    }

    /** As the coordinator orders the build. */
    private static List<TensorHistogram> merged(Source source, Map<GatewayId, List<TensorHistogram>> shares) {
        var coordinator = new Coordinator(new Gate(GatePolicy.DEFAULT), Choice.DEFAULT, Duration.ofMinutes(1));
        Map<GatewayId, SiteId> gateways = new LinkedHashMap<>();
        shares.keySet().forEach(gateway -> gateways.put(gateway, site(gateway)));
        var sites = List.copyOf(gateways.values());
        var request = new Requested("r", source.model(), source.digest(), RUNNING, sites, "stale", NOW);
        var step = coordinator.begin(request, gateways, List.of(), NOW);
        for (var share : shares.entrySet()) {
            Recalibration state = step.next().orElseThrow();
            var answer = new CalibrationMessage.Observed(
                    "r",
                    source.model(),
                    share.getKey(),
                    site(share.getKey()),
                    windows(share.getValue()),
                    share.getValue());
            step = coordinator.answer(state, received(answer), NOW);
        }
        return step.effects().stream()
                .filter(Effect.Build.class::isInstance)
                .map(effect -> ((Effect.Build) effect).histograms())
                .findFirst()
                .orElseThrow();
    }

    /** What the registry reads of what a gateway writes. */
    private static CalibrationMessage received(CalibrationMessage sent) {
        return Json.decode(Json.encode(sent), CalibrationMessage.class);
    }

    /** By the counts of the model's input. */
    private static long windows(List<TensorHistogram> share) {
        return share.get(0).bins().total() / VALUES;
    }

    private static SiteId site(GatewayId gateway) {
        return new SiteId("site-of-" + gateway);
    }

    private static Calibration calibration(List<TensorHistogram> histograms) {
        return Calibration.ofGateways(histograms, RUNNING, List.of(), CalibrationQuality.UNKNOWN);
    }
}
