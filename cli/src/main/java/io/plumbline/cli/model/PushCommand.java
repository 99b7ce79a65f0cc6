package io.plumbline.cli.model;

import io.plumbline.cli.client.RegistryClient;
import io.plumbline.cli.lab.ToolException;
import io.plumbline.cli.option.OciRepository;
import io.plumbline.cli.option.RegistryAddress;
import io.plumbline.cli.option.TimeSpan;
import io.plumbline.cli.option.Typed;
import io.plumbline.cli.parcel.Parcel;
import io.plumbline.cli.parcel.ParcelReader;
import io.plumbline.client.ClientException;
import io.plumbline.contract.artifact.ModelView;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.wire.Json;
import java.nio.file.Path;
import java.time.Duration;
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

/** {@code plumbline model push}. */
@Command(
        name = "push",
        mixinStandardHelpOptions = true,
        description = "Hands a model to the registry, which makes the builds that its card asks for.",
        footer = "Samples are .npy, .npz, .csv or a folder of images.")
final class PushCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "PATH",
            description =
                    "An ONNX file; a folder with model.onnx and model.yaml, and calibration.npy and reference.npy if"
                            + " there are any; an MLflow model with an ONNX flavour; or a folder that 'model pull' wrote.")
    private Path path = Path.of("");

    @Option(names = "--card", paramLabel = "FILE", description = "The model's card (default: model.yaml beside it).")
    private Optional<Path> card = Optional.empty();

    @Option(names = "--calibration", paramLabel = "PATH", description = "Samples for the first calibration.")
    private Optional<Path> calibration = Optional.empty();

    @Option(
            names = "--reference",
            paramLabel = "PATH",
            description = "Samples that drift is told against (default: those of the calibration).")
    private Optional<Path> reference = Optional.empty();

    @Option(names = "--tag", paramLabel = "NAME", description = "A name for the version, such as v1.")
    private Optional<String> tag = Optional.empty();

    @Option(names = "--wait", description = "Waits until the builds are made; fails if one cannot be.")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            description = "Gives up --wait after so long, such as 30m; the registry goes on (default: never).")
    private Optional<Duration> timeout = Optional.empty();

    @Mixin
    private OciRepository oci = new OciRepository();

    @Mixin
    private RegistryAddress registry = new RegistryAddress();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /**
     * What is printed as JSON.
     *
     * @param version as the registry has it, where it was waited for
     */
    record Report(
            ModelName model,
            Digest manifest,
            Optional<String> tag,
            List<String> warnings,
            Optional<ModelView.Version> version) {}

    @Override
    public Integer call() throws ToolException, ClientException, InterruptedException {
        var name = tag.map(text -> Typed.tag(spec, text));
        if (wait && oci.isNamed()) {
            throw new ParameterException(
                    spec.commandLine(), "--wait is for Plumbline's registry: an OCI registry makes no builds");
        }
        if (timeout.isPresent() && !wait) {
            throw new ParameterException(spec.commandLine(), "--timeout is for --wait: give both, or neither");
        }
        try (var parcel = ParcelReader.read(path, new ParcelReader.Extras(card, calibration, reference))) {
            parcel.warnings().forEach(this::warn);
            var digest = parcel.push(oci.client(registry, parcel.model()), name);
            if (!registry.json()) {
                say("pushed " + parcel.model() + name.map(text -> " " + text).orElse("") + " as " + digest);
            }
            var isBuilt = wait && !parcel.recipes().isEmpty();
            var version = isBuilt ? Optional.of(built(parcel.model(), digest)) : Optional.<ModelView.Version>empty();
            report(parcel, new Report(parcel.model(), digest, name, parcel.warnings(), version));
        }
        return 0;
    }

    private void report(Parcel parcel, Report report) {
        if (registry.json()) {
            say(Json.pretty(report));
        } else if (report.version().isPresent()) {
            ModelPage.builds(report.version().get(), build -> "").forEach(this::say);
        } else if (!parcel.recipes().isEmpty() && !oci.isNamed()) {
            say("the registry makes " + String.join(", ", parcel.recipes()) + "; see: plumbline model show "
                    + parcel.model());
        }
    }

    private ModelView.Version built(ModelName model, Digest manifest) throws ClientException, InterruptedException {
        return new BuildWait(new RegistryClient(registry.server()), timeout).built(model, manifest);
    }

    private void say(String line) {
        var out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }

    private void warn(String line) {
        var err = spec.commandLine().getErr();
        err.println("warning: " + line);
        err.flush();
    }
}
