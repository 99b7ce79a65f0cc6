package io.plumbline.registry.core.build;

import io.plumbline.contract.artifact.BuildCard;
import io.plumbline.contract.artifact.QualityReport;
import io.plumbline.contract.artifact.QualityReport.LayerSet;
import io.plumbline.contract.artifact.SelfTest;
import io.plumbline.contract.artifact.TensorRange;
import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.InferenceException;
import io.plumbline.inference.ModelLoadException;
import io.plumbline.inference.OrtEngine;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.model.ModelBytes;
import io.plumbline.laboratory.Hardware;
import io.plumbline.laboratory.Observation;
import io.plumbline.laboratory.OrtLaboratory;
import io.plumbline.laboratory.OrtRuntime;
import io.plumbline.quantizer.DynamicOptions;
import io.plumbline.quantizer.ObservedModel;
import io.plumbline.quantizer.Provenance;
import io.plumbline.quantizer.StaticOptions;
import io.plumbline.quantizer.StaticQuantizer;
import io.plumbline.quantizer.arithmetic.ActivationParameters;
import io.plumbline.quantizer.arithmetic.ActivationRange;
import io.plumbline.quantizer.auto.AutoSearch;
import io.plumbline.quantizer.auto.Foundry;
import io.plumbline.quantizer.auto.Recipe;
import io.plumbline.quantizer.calibration.Calibrator;
import io.plumbline.quantizer.onnx.MalformedModelException;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import io.plumbline.quantizer.qat.FloatTwin;
import io.plumbline.quantizer.qat.QatImport;
import io.plumbline.quantizer.quality.Closeness;
import io.plumbline.registry.core.calibration.Calibration;
import io.plumbline.registry.core.report.QualityReports;
import io.plumbline.registry.core.report.SearchReports;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes builds of one model. Static ones are made of the prepared model, and so is what gateways observe; an import is compared
 * with its float twin, and every other build with the model as it was pushed. Used by one thread; closing frees the FP32 engine.
 */
public final class Workbench implements AutoCloseable {

    /** What it is safe to work by: where models run first, and who knows what ended the process. */
    public record Tools(Sandbox sandbox, Attempts attempts) {

        /** Every piece of work is tried whenever it is asked for. */
        public static Tools of(Sandbox sandbox) {
            return new Tools(sandbox, Attempts.ENDLESS);
        }
    }

    private static final BuildCard.Environment ENVIRONMENT = new BuildCard.Environment(
            System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
            System.getProperty("os.name") + " " + System.getProperty("os.arch"),
            Hardware.describe());

    private static final String IN_SANDBOX = ", in its sandbox";

    /** Fewer say nothing of a goal. */
    private static final int FEWEST_TO_SEARCH = 32;
    /** Of samples, for the report of a build: enough for its figures, and soon done. */
    private static final int MOST_COMPARED = 256;
    /** Of a graph that has more, its first. */
    private static final int MOST_LAYERS = 128;

    private final Source source;
    private final Tools tools;
    private final String name;
    private final OnnxModel pushed;
    private final OrtLaboratory laboratory;
    private final Foundry foundry;

    private Workbench(Source source, Tools tools, String name, OnnxModel pushed, OrtEngine engine) {
        this.source = source;
        this.tools = tools;
        this.name = name;
        this.pushed = pushed;
        this.laboratory = new OrtLaboratory(engine, Optional.of(source.half(0)), source.half(1));
        this.foundry = new Foundry(pushed, settings(source), new OrtRuntime(), laboratory);
    }

    private static Foundry.Settings settings(Source source) {
        return new Foundry.Settings(source.digest().value(), DynamicOptions.DEFAULT, StaticOptions.DEFAULT);
    }

    /**
     * @param name of what the builds are for, by which its pieces of work are counted in the {@link Attempts}
     * @throws BuildException if the pushed model is malformed or does not run
     */
    public static Workbench of(Source source, Tools tools, String name) throws BuildException {
        var attempts = tools.attempts();
        var run = "the first run of " + source.model();
        var pushed = attempts.at(name, "the graph of " + source.model(), () -> parsed(source.onnx()));
        attempts.aside(name, run + IN_SANDBOX, () -> tools.sandbox().run(source.onnx(), questions(source)));
        return attempts.at(name, run, () -> new Workbench(source, tools, name, pushed, loaded(source.onnx())));
    }

    private static OrtEngine loaded(ModelBytes onnx) throws BuildException {
        try {
            return OrtEngine.load(onnx.get(), EngineOptions.DEFAULT);
        } catch (ModelLoadException e) {
            throw new BuildException(String.valueOf(e.getMessage()), e);
        }
    }

    private static OnnxModel parsed(ModelBytes onnx) throws BuildException {
        try {
            return OnnxModel.parse(onnx.get());
        } catch (MalformedModelException e) {
            throw new BuildException(String.valueOf(e.getMessage()), e);
        }
    }

    private static SelfTest questions(Source source) {
        return SelfTests.questions(source.input(), source.probes());
    }

    /** What a step of a build may fail with. */
    private interface Step<T> {

        T run() throws UnsupportedGraphException, ModelLoadException, InferenceException, BuildException;
    }

    /** Names the recipe in every refusal; inputs that do not fit the model are one too. */
    private static <T> T named(String recipe, Step<T> step) throws BuildException {
        try {
            return step.run();
        } catch (UnsupportedGraphException
                | ModelLoadException
                | InferenceException
                | IllegalArgumentException
                | BuildException e) {
            throw new BuildException("recipe " + recipe + ": " + e.getMessage(), e);
        }
    }

    /** As one piece of work, which is refused if it ended the process too often. */
    private <T> T counted(String recipe, Step<T> step) throws BuildException {
        return tools.attempts().at(name, words(recipe), () -> named(recipe, step));
    }

    private String words(String recipe) {
        return "recipe " + recipe + " of " + source.model();
    }

    /** A build of a float model, calibrated where the recipe asks for it on all samples. */
    public BuiltModel make(Recipe recipe, Instant now) throws BuildException {
        return built(counted(recipe.words(), () -> made(recipe, Optional.empty(), source.all())), now);
    }

    /**
     * A static build over ranges that were observed elsewhere.
     *
     * @param calibration with a histogram of every tensor that the recipe quantizes
     * @param now becomes part of the build's card, and so of its digest
     */
    public BuiltModel make(Recipe recipe, Calibration calibration, Instant now) throws BuildException {
        return built(counted(recipe.words(), () -> made(recipe, Optional.of(calibration), List.of())), now);
    }

    /** A build of a model that was trained for quantization. */
    public BuiltModel importTrained(Instant now) throws BuildException {
        var parts = counted(Order.Import.WORD, () -> {
            var onnx = QatImport.normalise(pushed, provenance(Order.Import.WORD, Optional.empty()));
            var twin = FloatTwin.of(pushed);
            var observed = ModelBytes.of(twin.toBytes());
            loaded(observed).close();
            return new Parts(Order.Import.WORD, ModelBytes.of(onnx.toBytes()), twin, observed);
        });
        return built(parts, now);
    }

    /**
     * The best build that reaches the goal: one half of the samples calibrates, the other judges. It may take minutes, and each of its runs is
     * a piece of work of its own: a run that ended the process too often is a trial that failed, and the search goes on.
     *
     * @param budget time after which nothing further is tried
     */
    public BuiltModel search(Duration budget, Clock clock) throws BuildException {
        return named(Order.Search.WORD, () -> {
            var goal = source.goal()
                    .orElseThrow(() ->
                            new BuildException("the card has no goal; give it one, such as goal: {agreement: 0.98}"));
            if (source.samples().size() < FEWEST_TO_SEARCH) {
                throw new BuildException(
                        "a search needs " + FEWEST_TO_SEARCH + " samples, half of them to judge by; there are "
                                + source.samples().size());
            }
            refuseQuantized();
            var runs = new CountedLaboratory(laboratory, tools.attempts(), name, source.model());
            var workshop = new Foundry(pushed, settings(source), new OrtRuntime(), runs);
            var outcome =
                    new AutoSearch(workshop, runs, goal, new AutoSearch.Budget(clock, budget, trial -> {})).search();
            var report = SearchReports.of(goal, outcome);
            if (outcome.chosen().isEmpty()) {
                throw new BuildException(SearchReports.refusal(outcome));
            }
            var recipe = outcome.chosen().get().trial().recipe();
            var parts = counted(recipe.words(), () -> made(recipe, Optional.empty(), source.half(0)));
            return built(parts, clock.instant()).foundBy(report);
        });
    }

    /**
     * Static recipes over ranges that were observed elsewhere, the nearest to FP32 on the owner's samples first; as they come where there are no
     * samples. Of several with the same ranges only the first.
     */
    public List<Recipe> nearest(List<Recipe> recipes, Calibration calibration) throws BuildException {
        var words = "the choice of recipes for " + source.model();
        return tools.attempts().at(name, words, () -> {
            Map<Map<String, ActivationRange>, Recipe> distinct = new LinkedHashMap<>();
            Map<Recipe, Double> noise = new LinkedHashMap<>();
            for (var recipe : recipes) {
                try {
                    var ranges = ranges(recipe, calibration);
                    if (distinct.putIfAbsent(ranges, recipe) == null) {
                        noise.put(recipe, noise(recipe, ranges));
                    }
                } catch (UnsupportedGraphException e) {
                    throw new BuildException("recipe " + recipe.words() + ": " + e.getMessage(), e);
                }
            }
            return noise.keySet().stream()
                    .sorted(Comparator.comparingDouble(recipe -> noise.getOrDefault(recipe, 0.0)))
                    .toList();
        });
    }

    /** Of the worst output, in dB below the signal. */
    private double noise(Recipe recipe, Map<String, ActivationRange> ranges) throws UnsupportedGraphException {
        if (source.samples().isEmpty()) {
            return 0;
        }
        var provenance = provenance(recipe.words(), Optional.empty());
        var build = StaticQuantizer.quantize(foundry.prepared(), ranges, options(recipe), provenance);
        return laboratory.compareOutputs(build.model(), MOST_COMPARED).values().stream()
                .mapToDouble(output -> -output.sqnrDb())
                .filter(noise -> !Double.isNaN(noise))
                .max()
                .orElse(0);
    }

    /** @param samples to calibrate on where no calibration is given */
    private Parts made(Recipe recipe, Optional<Calibration> calibration, List<Map<String, Tensor>> samples)
            throws UnsupportedGraphException, ModelLoadException, BuildException {
        refuseQuantized();
        if (recipe.calibrator().isPresent()) {
            var from = calibration.isPresent() ? calibration.get() : calibrate(samples, options(recipe));
            return makeStatic(recipe, from);
        }
        return new Parts(recipe.words(), ModelBytes.of(foundry.make(recipe).toBytes()), pushed, source.onnx());
    }

    private void refuseQuantized() throws BuildException {
        var quantized = QatImport.quantizedAt(pushed);
        if (quantized.isPresent()) {
            throw new BuildException(
                    quantized.get() + ": the model is quantized already; its recipe is " + Order.Import.WORD);
        }
    }

    private static StaticOptions options(Recipe recipe) {
        return StaticOptions.DEFAULT.excluding(recipe.excludedNodes());
    }

    private Calibration calibrate(List<Map<String, Tensor>> samples, StaticOptions options)
            throws UnsupportedGraphException, ModelLoadException, BuildException {
        if (samples.isEmpty()) {
            throw new BuildException("a static recipe needs calibration samples, and the version has none");
        }
        var tensors = StaticQuantizer.observedTensors(foundry.prepared(), options);
        var observed = ObservedModel.of(foundry.prepared(), tensors).toBytes();
        try (var engine = OrtEngine.load(observed, EngineOptions.DEFAULT)) {
            var histograms = Observation.of(engine, tensors, samples);
            return Calibration.ofSamples(histograms, samples.size());
        }
    }

    private Map<String, ActivationRange> ranges(Recipe recipe, Calibration from)
            throws UnsupportedGraphException, BuildException {
        var calibrator = Calibrator.named(recipe.calibrator().orElseThrow());
        Map<String, ActivationRange> ranges = new LinkedHashMap<>();
        for (var tensor : StaticQuantizer.observedTensors(foundry.prepared(), options(recipe))) {
            var histogram = from.histogram(tensor)
                    .orElseThrow(() -> new BuildException("nothing was observed of tensor '" + tensor + "'"));
            ranges.put(tensor, calibrator.range(Observation.read(histogram)));
        }
        return ranges;
    }

    private Parts makeStatic(Recipe recipe, Calibration from) throws UnsupportedGraphException, BuildException {
        var prepared = foundry.prepared();
        var ranges = ranges(recipe, from);
        var provenance = provenance(recipe.words(), Optional.of(from.id().value()));
        var onnx = StaticQuantizer.quantize(prepared, ranges, options(recipe), provenance);
        var observed = ModelBytes.of(
                ObservedModel.of(prepared, List.copyOf(ranges.keySet())).toBytes());
        loaded(observed).close();
        return new Parts(
                recipe.words(),
                ModelBytes.of(onnx.toBytes()),
                prepared,
                observed,
                Optional.of(from),
                representable(ranges),
                recipe.excludedNodes());
    }

    private static List<TensorRange> representable(Map<String, ActivationRange> ranges) {
        var all = new ArrayList<TensorRange>();
        ranges.forEach((tensor, range) -> {
            var representable = ActivationParameters.of(range).representable();
            all.add(new TensorRange(tensor, representable.min(), representable.max()));
        });
        return all;
    }

    private Provenance provenance(String recipe, Optional<String> calibration) {
        return new Provenance(source.digest().value(), recipe, calibration);
    }

    /** @param fp32 what the build was made of, with the same layers */
    private record Parts(
            String recipe,
            ModelBytes onnx,
            OnnxModel fp32,
            ModelBytes observed,
            Optional<Calibration> calibration,
            List<TensorRange> ranges,
            Set<String> excludedNodes) {

        Parts(String recipe, ModelBytes onnx, OnnxModel fp32, ModelBytes observed) {
            this(recipe, onnx, fp32, observed, Optional.empty(), List.of(), Set.of());
        }
    }

    /** A piece in the sandbox, and one that compares what ran there. */
    private BuiltModel built(Parts parts, Instant now) throws BuildException {
        var recipe = parts.recipe();
        var card = new BuildCard(
                source.model(),
                source.digest(),
                recipe,
                parts.calibration().map(Calibration::id),
                parts.calibration().flatMap(Calibration::parent),
                Provenance.TOOL,
                parts.ranges(),
                parts.onnx().size(),
                now,
                Optional.of(ENVIRONMENT));
        Step<SelfTest> run = () -> tools.sandbox().run(parts.onnx(), questions(source));
        Step<QualityReport> comparison = () -> QualityReports.of(
                recipe,
                closeness(parts.onnx()),
                parts.calibration().map(from -> from.set(parts.ranges())),
                layers(parts));
        var attempts = tools.attempts();
        var selfTest = attempts.aside(name, words(recipe) + IN_SANDBOX, () -> named(recipe, run));
        var quality = attempts.at(name, "the comparison of " + words(recipe), () -> named(recipe, comparison));
        return new BuiltModel(
                card, parts.onnx(), parts.observed(), selfTest, quality, parts.excludedNodes(), Optional.empty());
    }

    /** Once the build has run in the sandbox. */
    private Map<String, Closeness> closeness(ModelBytes onnx) throws UnsupportedGraphException, BuildException {
        return source.samples().isEmpty() ? Map.of() : laboratory.compareOutputs(parsed(onnx), MOST_COMPARED);
    }

    /** A build is none the worse for layers that cannot be compared: the report says why. */
    private LayerSet layers(Parts parts) {
        if (source.half(1).isEmpty()) {
            return QualityReports.noLayers("The version came with too few samples to compare its layers on.");
        }
        try {
            var built = parsed(parts.onnx());
            return QualityReports.layers(
                    laboratory.compareProducts(parts.fp32(), built, parts.excludedNodes(), MOST_LAYERS));
        } catch (BuildException | UnsupportedGraphException e) {
            return QualityReports.noLayers("Its layers cannot be compared with FP32: " + e.getMessage() + ".");
        }
    }

    @Override
    public void close() {
        laboratory.close();
    }
}
