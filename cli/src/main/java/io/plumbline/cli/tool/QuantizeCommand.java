package io.plumbline.cli.tool;

import io.plumbline.cli.lab.CardFile;
import io.plumbline.cli.lab.Count;
import io.plumbline.cli.lab.ModelFile;
import io.plumbline.cli.lab.OutputFile;
import io.plumbline.cli.lab.ToolException;
import io.plumbline.cli.sample.ArraySamples;
import io.plumbline.cli.sample.SampleException;
import io.plumbline.cli.sample.Samples;
import io.plumbline.cli.show.Terminal;
import io.plumbline.contract.wire.Json;
import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.OrtEngine;
import io.plumbline.inference.card.ModelCard;
import io.plumbline.inference.detection.head.Detector;
import io.plumbline.laboratory.Draft;
import io.plumbline.laboratory.OrtLaboratory;
import io.plumbline.laboratory.OrtRuntime;
import io.plumbline.quantizer.auto.Outcome;
import io.plumbline.quantizer.auto.Trial;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline quantize}. */
@Command(
        name = "quantize",
        mixinStandardHelpOptions = true,
        description =
                "Makes a smaller, faster build of an FP32 model, or calibrates a build again, and says how near to it the"
                        + " build is.")
public final class QuantizeCommand implements Callable<Integer> {

    private static final long SEED = 1;
    private static final int OPEN_AXES = 16;

    @Parameters(paramLabel = "IN.onnx", description = "The FP32 model, or a build to calibrate again.")
    private Path in = Path.of("");

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "OUT.onnx",
            description = "Where the build goes.")
    private Path out = Path.of("");

    @Option(
            names = "--calibration",
            paramLabel = "PATH",
            description = "Representative inputs, .npy, .npz, .csv or a folder of images; static recipes need them.")
    private Optional<Path> calibration = Optional.empty();

    @Option(
            names = "--inputs",
            paramLabel = "PATH",
            description = "Inputs to compare on (default: those of --calibration, or random numbers).")
    private Optional<Path> inputs = Optional.empty();

    @Mixin
    private CardFile card = new CardFile();

    @Option(
            names = "--samples",
            converter = Count.class,
            description = "Uses at most this many, spread evenly (default: ${DEFAULT-VALUE}).")
    private int samples = 256;

    @Option(names = "--report", paramLabel = "FILE.json", description = "Writes the report as JSON.")
    private Optional<Path> report = Optional.empty();

    @Option(names = "--json", description = "Prints the report as JSON.")
    private boolean json;

    @Mixin
    private RecipeOptions recipe = new RecipeOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws ToolException, SampleException {
        checkOptions();
        var file = ModelFile.of(in);
        var target = OutputFile.of(out, in);
        var told =
                report.isPresent() ? Optional.of(OutputFile.of(report.get(), in, out)) : Optional.<OutputFile>empty();
        var drafts = Draft.folder(out);
        var fp32 = recipe.isRecalibration()
                ? file.loadFloatForm(EngineOptions.DEFAULT, drafts)
                : file.load(EngineOptions.DEFAULT);
        var known = card.find(in, fp32.inputs());
        var representative = read(calibration, fp32, known);
        var evaluation = inputs.isPresent() ? read(inputs, fp32, known) : representative;
        var compared = evaluation.isPresent()
                ? evaluation.get()
                : ArraySamples.random(fp32.inputs(), samples, OPEN_AXES, SEED);
        var detector = evaluation.isPresent() ? known.flatMap(ModelCard::detector) : Optional.<Detector>empty();
        recipe.requireDetector(detector.isPresent());
        try (var laboratory = new OrtLaboratory(
                fp32, representative.map(all -> all.spread(samples)), compared.spread(samples), detector, drafts)) {
            var outcome = new QuantizeWork(file, recipe, new OrtRuntime(drafts), laboratory).run(this::progress);
            var warnings = new SampleWarnings(samples, recipe.isAuto()).of(representative, evaluation);
            var context = new QuantizeReport.Context(devices(outcome), warnings);
            var words = new QuantizeReport(new QuantizeReport.Source(file.name(), file.size()), outcome, context);
            var made = outcome.chosen().or(outcome::alternative);
            if (made.isPresent()) {
                target.write(made.get().model().model());
            }
            if (told.isPresent()) {
                told.get().write((Json.pretty(words.json()) + "\n").getBytes(StandardCharsets.UTF_8));
            }
            print(words);
            if (outcome.chosen().isEmpty()) {
                spec.commandLine()
                        .getErr()
                        .println(spec.qualifiedName() + ": no INT8 build reaches "
                                + recipe.goal().words() + "; what was tried is in the report");
                return 1;
            }
            return 0;
        }
    }

    /** Before models and samples are read: what is typed wrong is said at once. */
    private void checkOptions() {
        try {
            recipe.check();
        } catch (ToolException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private List<String> devices(Outcome outcome) throws ToolException {
        var made = outcome.chosen().or(outcome::alternative);
        return made.isPresent() ? recipe.devices(made.get().trial().recipe().method()) : List.of();
    }

    private static Optional<Samples> read(Optional<Path> path, OrtEngine fp32, Optional<ModelCard> card)
            throws SampleException {
        return path.isPresent() ? Optional.of(Samples.read(path.get(), fp32.inputs(), card)) : Optional.empty();
    }

    private void progress(Trial trial) {
        if (Terminal.isAttached()) {
            spec.commandLine().getErr().println("tried " + trial.recipe().words() + ": " + trial.because());
            spec.commandLine().getErr().flush();
        }
    }

    private void print(QuantizeReport told) {
        var writer = spec.commandLine().getOut();
        if (json) {
            writer.println(Json.pretty(told.json()));
        } else {
            told.lines().forEach(writer::println);
        }
        writer.flush();
    }
}
