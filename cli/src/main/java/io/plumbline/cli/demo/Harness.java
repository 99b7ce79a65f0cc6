package io.plumbline.cli.demo;

import io.plumbline.cli.client.ClientException;
import io.plumbline.cli.client.RegistryClient;
import io.plumbline.cli.climate.Stretch;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.TensorClipping;
import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.ModelLoadException;
import io.plumbline.inference.model.ModelPackage;

/** Scores builds on the readings themselves, apart from everything the product says of itself. */
final class Harness {

    private static final String EVENT = "event";

    private final RegistryClient registry;
    private final ModelName model;

    Harness(RegistryClient registry, ModelName model) {
        this.registry = registry;
        this.model = model;
    }

    /** Runs the build and FP32 on every window of the stretch. */
    Score score(Digest build, Stretch stretch) throws ClientException, ModelLoadException {
        try (var loaded = ModelPackage.load(registry.pull(model, build), EngineOptions.DEFAULT)) {
            var fidelity = Fidelity.NONE;
            long correct = 0;
            long windows = 0;
            for (var window : stretch.windows()) {
                var answer = loaded.predict(window.values());
                fidelity = fidelity.plus(loaded.compare(window.values(), answer));
                correct += answer.prediction().label().equals(EVENT) == window.event() ? 1 : 0;
                windows++;
            }
            return Score.of(fidelity, correct, windows);
        }
    }

    /**
     * @param eventAgreement on the windows that FP32 calls events
     * @param agreement on all windows
     * @param clipped share of windows that leave the range of the tensor nearest to the input; 0 for dynamic builds
     * @param accuracy against the labels
     * @param eventWindows how many windows FP32 calls events
     */
    record Score(double eventAgreement, double agreement, double clipped, double accuracy, long eventWindows) {

        private static Score of(Fidelity fidelity, long correct, long windows) {
            var event = fidelity.classes().stream()
                    .filter(one -> one.label().equals(EVENT))
                    .findFirst();
            var clipping = fidelity.clipping().stream().findFirst();
            return new Score(
                    event.map(one -> ratio(one.agreed(), one.compared())).orElse(Double.NaN),
                    ratio(fidelity.agreed(), fidelity.compared()),
                    clipping.map(Score::clippedShare).orElse(0.0),
                    ratio(correct, windows),
                    event.map(one -> one.compared()).orElse(0L));
        }

        private static double clippedShare(TensorClipping clipping) {
            return ratio(clipping.clippedWindows(), clipping.windows());
        }

        private static double ratio(long part, long whole) {
            return whole == 0 ? Double.NaN : (double) part / whole;
        }
    }
}
