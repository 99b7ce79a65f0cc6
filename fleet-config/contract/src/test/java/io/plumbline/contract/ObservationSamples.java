package io.plumbline.contract;

import io.plumbline.contract.message.CalibrationInputs;
import io.plumbline.contract.message.CalibrationMessage;
import io.plumbline.contract.message.FeatureSketch;
import io.plumbline.contract.message.LabelCount;
import io.plumbline.contract.message.TensorHistogram;
import io.plumbline.contract.wire.Counts;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Of what gateways are asked to observe, and what they say. */
final class ObservationSamples {

    private ObservationSamples() {}

    static void add(Map<String, Object> all) {
        all.put(
                "calibration-observe",
                new CalibrationMessage.Observe("r-1", Samples.MODEL, Samples.BUILD, 2048, 512, Optional.empty()));
        all.put(
                "calibration-observe-some",
                new CalibrationMessage.Observe(
                        "r-1", Samples.MODEL, Samples.BUILD, 2048, 512, Optional.of(List.of(Samples.GATEWAY))));
        all.put(
                "calibration-observed",
                new CalibrationMessage.Observed(
                        "r-1",
                        Samples.MODEL,
                        Samples.GATEWAY,
                        Samples.SITE,
                        512,
                        List.of(new TensorHistogram("act0", -1.5, 3, 4, new Counts(0, 5, 7, 1)))));
        all.put(
                "calibration-observed-inputs",
                new CalibrationMessage.Observed(
                        "r-1",
                        Samples.MODEL,
                        Samples.GATEWAY,
                        Samples.SITE,
                        512,
                        List.of(new TensorHistogram("act0", -1.5, 3, 4, new Counts(0, 5, 7, 1))),
                        Optional.of(new CalibrationInputs(
                                List.of(new FeatureSketch("humidity", new Counts(500, 12), 0, 20_000, 900_000)),
                                List.of(new LabelCount("event", 12), new LabelCount("normal", 500))))));
    }
}
