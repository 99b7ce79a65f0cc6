package io.plumbline.cli.parcel;

import io.plumbline.cli.lab.ToolException;
import io.plumbline.client.Artifact.Content;
import io.plumbline.client.ArtifactClient.Version;
import io.plumbline.client.ClientException;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.inference.card.CardException;
import io.plumbline.inference.card.ModelCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Finds out what a path is, and makes of it what can be pushed. */
public final class ParcelReader {

    /** Of a file in bytes, above which it is sent without being looked at: reading it takes its size in memory. */
    static final long LOOKED_AT = 512L << 20;

    private static final String ONNX = "model.onnx";
    private static final String CARD = "model.yaml";

    private final Path path;
    private final Extras extras;

    private ParcelReader(Path path, Extras extras) {
        this.path = path;
        this.extras = extras;
    }

    /**
     * What a person named beside the path; it comes before what lies in the folder.
     *
     * @param calibration inputs for the first calibration
     * @param reference inputs for the reference profile
     */
    public record Extras(Optional<Path> card, Optional<Path> calibration, Optional<Path> reference) {

        boolean isEmpty() {
            return card.isEmpty() && calibration.isEmpty() && reference.isEmpty();
        }
    }

    /**
     * @param path an ONNX file, a folder with one and its card, an MLflow model, or a folder that was pulled
     * @throws ToolException if it is none of these, or something in it does not fit together
     */
    public static Parcel read(Path path, Extras extras) throws ToolException, ClientException {
        if (!Files.exists(path)) {
            throw new ToolException(path + " does not exist");
        }
        return new ParcelReader(path, extras).read();
    }

    private Parcel read() throws ToolException, ClientException {
        if (Files.isRegularFile(path)) {
            return version(path, path.resolveSibling(CARD), Optional.empty());
        }
        if (Files.exists(path.resolve(PulledFolder.MANIFEST))) {
            if (!extras.isEmpty()) {
                throw new ToolException(
                        path + " is an artifact as it was pulled, which is pushed as it is: leave out --card,"
                                + " --calibration and --reference, or delete " + PulledFolder.MANIFEST + " in it");
            }
            return PulledParcel.read(path);
        }
        if (Files.exists(path.resolve(MlflowModel.FILE))) {
            var mlflow = MlflowModel.read(path);
            return version(mlflow.onnx(), path.resolve(CARD), Optional.of(mlflow));
        }
        if (!Files.exists(path.resolve(ONNX))) {
            throw new ToolException(path + " holds neither " + ONNX + " with " + CARD + ", nor " + MlflowModel.FILE
                    + " of an MLflow model, nor " + PulledFolder.MANIFEST + " of a pulled artifact");
        }
        return version(path.resolve(ONNX), path.resolve(CARD), Optional.empty());
    }

    private NewParcel version(Path model, Path usualCard, Optional<MlflowModel> mlflow)
            throws ToolException, ClientException {
        var cardFile = extras.card().orElse(usualCard);
        var cardYaml = card(cardFile);
        var card = parsed(cardFile, cardYaml);
        var onnx = OnnxPart.read(model);
        try {
            if (onnx.inspection().isPresent()) {
                Fit.check(cardFile, card, model, onnx.inspection().get());
            }
            var warnings = new ArrayList<String>();
            if (mlflow.isPresent()) {
                warnings.addAll(mlflow.get().disagreements(card));
            }
            var layers = new ArrayList<Version.Layer>();
            layers.add(new Version.Layer(MediaTypes.ONNX, ONNX, onnx.content()));
            layers.add(new Version.Layer(MediaTypes.CARD, CARD, Content.of(cardYaml)));
            var samples = new SampleLayer(card, warnings);
            for (var named : files().entrySet()) {
                layers.add(samples.read(named.getValue(), named.getKey()));
            }
            return new NewParcel(card, onnx, layers, onnx.made(), warnings);
        } catch (ToolException | ClientException e) {
            onnx.close();
            throw e;
        }
    }

    /** Files of samples by the titles of their layers. */
    private Map<String, Path> files() {
        Map<String, Path> files = new LinkedHashMap<>();
        extras.calibration()
                .or(() -> inFolder(MediaTypes.CALIBRATION_TITLE))
                .ifPresent(file -> files.put(MediaTypes.CALIBRATION_TITLE, file));
        extras.reference()
                .or(() -> inFolder(MediaTypes.REFERENCE_TITLE))
                .ifPresent(file -> files.put(MediaTypes.REFERENCE_TITLE, file));
        return files;
    }

    private Optional<Path> inFolder(String name) {
        return Optional.of(path)
                .filter(Files::isDirectory)
                .map(folder -> folder.resolve(name))
                .filter(Files::exists);
    }

    private static byte[] card(Path file) throws ToolException {
        if (!Files.isRegularFile(file)) {
            throw new ToolException("there is no model card " + file + ": write one, or name it with --card");
        }
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new ToolException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static ModelCard parsed(Path file, byte[] yaml) throws ToolException {
        try {
            return ModelCard.parse(yaml);
        } catch (CardException e) {
            throw new ToolException(file + ": " + e.getMessage(), e);
        }
    }
}
