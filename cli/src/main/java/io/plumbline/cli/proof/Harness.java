package io.plumbline.cli.proof;

import io.plumbline.cli.client.RegistryClient;
import io.plumbline.cli.climate.Stretch;
import io.plumbline.client.ClientException;
import io.plumbline.contract.artifact.ModelView;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.TensorClipping;
import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.ModelLoadException;
import io.plumbline.inference.model.ModelPackage;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/** Scores builds on the readings themselves, apart from everything the product says of itself. Thread-safe. */
public final class Harness {

    private static final String EVENT = "event";

    private final RegistryClient registry;
    private final ModelName model;
    private final Map<Subject, Score> scores = new ConcurrentHashMap<>();

    public Harness(RegistryClient registry, ModelName model) {
        this.registry = registry;
        this.model = model;
    }

    /** A build and the readings it is scored on. */
    public record Subject(Digest build, Stretch stretch) {}

    /** Every build of the model in the registry. */
    public List<ModelView.Build> builds() throws ClientException {
        return registry.view(model).versions().stream()
                .flatMap(version -> version.builds().stream())
                .toList();
    }

    /** Scores them side by side, as many at a time as there are processors; {@link #score} then answers at once. */
    public void prepare(Collection<Subject> subjects) throws ClientException, ModelLoadException, InterruptedException {
        var threads = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            var scored = subjects.stream()
                    .distinct()
                    .map(subject -> threads.submit(() -> score(subject)))
                    .toList();
            for (var one : scored) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw unwrapped(e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static IllegalStateException unwrapped(ExecutionException e) throws ClientException, ModelLoadException {
        if (e.getCause() instanceof ClientException cause) {
            throw cause;
        }
        if (e.getCause() instanceof ModelLoadException cause) {
            throw cause;
        }
        return new IllegalStateException("scoring failed; that is a bug", e.getCause());
    }

    /** Runs the build and FP32 on every window of the stretch; once for each pair. */
    public Score score(Subject subject) throws ClientException, ModelLoadException {
        var known = scores.get(subject);
        if (known != null) {
            return known;
        }
        try (var loaded = ModelPackage.load(registry.pull(model, subject.build()), EngineOptions.DEFAULT)) {
            var score = score(loaded, subject.stretch().windows());
            scores.put(subject, score);
            return score;
        }
    }

    private static Score score(ModelPackage build, List<Stretch.LabelledWindow> windows) {
        var total = Fidelity.NONE;
        long correct = 0;
        for (var window : windows) {
            var answer = build.predict(window.values());
            total = total.plus(build.compare(window.values(), answer).fidelity());
            correct += answer.prediction().orElseThrow().label().equals(EVENT) == window.event() ? 1 : 0;
        }
        return Score.of(total, correct, windows.size());
    }

    /**
     * @param eventAgreement on the windows that FP32 calls events
     * @param agreement on all windows
     * @param clipped share of windows that leave the range of the tensor nearest to the input; 0 for dynamic builds
     * @param accuracy against the labels
     * @param eventWindows how many windows FP32 calls events
     */
    public record Score(double eventAgreement, double agreement, double clipped, double accuracy, long eventWindows) {

        static Score of(Fidelity fidelity, long correct, long windows) {
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
