package io.plumbline.benchmarks.real;

import io.plumbline.benchmarks.Figures;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.CalibrationMessage;
import io.plumbline.contract.message.TensorHistogram;
import io.plumbline.contract.wire.Json;
import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.InferenceEngine;
import io.plumbline.inference.OrtEngine;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.model.RangeHistogram;
import io.plumbline.laboratory.Observation;
import io.plumbline.laboratory.OrtRuntime;
import io.plumbline.quantizer.ObservedModel;
import io.plumbline.quantizer.Preparation;
import io.plumbline.quantizer.Provenance;
import io.plumbline.quantizer.StaticQuantizer;
import io.plumbline.quantizer.arithmetic.ActivationRange;
import io.plumbline.quantizer.calibration.Calibrator;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds of occ5 from the histograms of four gateways, each with some days of the room, as they travel, beside builds from all of its windows. */
public final class Federated {

    private static final List<String> CALIBRATORS = List.of("minmax", "percentile", "entropy", "mse");
    private static final int GATEWAYS = 4;
    private static final int CHANNELS = 5;
    private static final int LENGTH = 32;

    private Federated() {}

    /** {@code federatedEqualsCentral}: 1 if every calibrator gives the same bytes both ways. Left out where the room is not there. */
    public static void compare(Figures figures) throws Exception {
        var data =
                Path.of(System.getProperty("plumbline.root"), "../shared/data").normalize();
        if (!Files.isDirectory(data)) {
            System.err.println("federatedEqualsCentral is left out: " + data + " is not there");
            return;
        }
        var windows = Room.five(data).minutes().stream()
                .flatMap(minute -> minute.window().stream())
                .map(Federated::input)
                .toList();
        var prepared = Preparation.prepare(
                OnnxModel.parse(Files.readAllBytes(data.resolve("models/occ5_fp32.onnx"))), new OrtRuntime());
        var tensors = StaticQuantizer.observedTensors(prepared);
        try (var engine = OrtEngine.load(ObservedModel.of(prepared, tensors).toBytes(), EngineOptions.DEFAULT)) {
            var central = Observation.of(engine, tensors, windows);
            var merged = merged(engine, tensors, windows);
            var equal = true;
            for (var calibrator : CALIBRATORS) {
                equal &= Arrays.equals(build(prepared, calibrator, merged), build(prepared, calibrator, central));
            }
            figures.add("federatedWindows", windows.size());
            figures.add("federatedEqualsCentral", equal ? 1 : 0);
        }
    }

    /** As the model takes it, whose channels come first. */
    private static Map<String, Tensor> input(Tensor window) {
        var turned = new float[CHANNELS * LENGTH];
        for (int t = 0; t < LENGTH; t++) {
            for (int c = 0; c < CHANNELS; c++) {
                turned[c * LENGTH + t] = window.get(t * CHANNELS + c);
            }
        }
        return Map.of("x", Tensor.of(new long[] {1, CHANNELS, LENGTH}, turned));
    }

    private static List<TensorHistogram> merged(
            InferenceEngine engine, List<String> tensors, List<Map<String, Tensor>> windows) throws Exception {
        Map<String, RangeHistogram> merged = new LinkedHashMap<>();
        var share = windows.size() / GATEWAYS;
        for (int gateway = 0; gateway < GATEWAYS; gateway++) {
            var end = gateway == GATEWAYS - 1 ? windows.size() : (gateway + 1) * share;
            var own = windows.subList(gateway * share, end);
            for (var seen : received(Observation.of(engine, tensors, own), gateway, own.size())) {
                merged.computeIfAbsent(seen.tensor(), tensor -> new RangeHistogram(tensor, Observation.BINS))
                        .add(seen);
            }
        }
        return merged.values().stream().map(RangeHistogram::snapshot).toList();
    }

    /** What the registry reads of what a gateway writes. */
    private static List<TensorHistogram> received(List<TensorHistogram> sent, int gateway, long windows) {
        var answer = new CalibrationMessage.Observed(
                "r", new ModelName("occ5"), new GatewayId("g" + gateway), new SiteId("room"), windows, sent);
        var read = Json.decode(Json.encode(answer), CalibrationMessage.class);
        return ((CalibrationMessage.Observed) read).histograms();
    }

    private static byte[] build(OnnxModel prepared, String calibrator, List<TensorHistogram> histograms)
            throws UnsupportedGraphException {
        Map<String, ActivationRange> ranges = new LinkedHashMap<>();
        for (var seen : histograms) {
            ranges.put(seen.tensor(), Calibrator.named(calibrator).range(Observation.read(seen)));
        }
        var provenance = new Provenance("occ5", "static-" + calibrator, Optional.empty());
        return StaticQuantizer.quantize(prepared, ranges, provenance).toBytes();
    }
}
