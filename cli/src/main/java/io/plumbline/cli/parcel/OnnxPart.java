package io.plumbline.cli.parcel;

import io.plumbline.cli.lab.ModelFile;
import io.plumbline.cli.lab.ToolException;
import io.plumbline.client.Artifact.Content;
import io.plumbline.client.ClientException;
import io.plumbline.laboratory.Draft;
import io.plumbline.quantizer.inspect.Inspection;
import io.plumbline.quantizer.inspect.Inspector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The ONNX file of a version. Weights in files beside it are put into one file, since a version has one.
 *
 * @param content what is sent
 * @param inspection what it takes and gives; empty for a file that is too large to be looked at
 * @param merged the one file that was made for it
 */
record OnnxPart(Content content, Optional<Inspection> inspection, Instant made, Optional<Draft> merged) {

    static OnnxPart read(Path path) throws ToolException, ClientException {
        var file = ModelFile.of(path);
        try {
            var made = Files.getLastModifiedTime(path).toInstant().truncatedTo(ChronoUnit.SECONDS);
            if (Files.size(path) > ParcelReader.LOOKED_AT) {
                return new OnnxPart(Content.of(path), Optional.empty(), made, Optional.empty());
            }
            var inspection = Optional.of(Inspector.inspect(file.parsed()));
            return file.parsed().dataFiles().isEmpty()
                    ? new OnnxPart(Content.of(path), inspection, made, Optional.empty())
                    : merged(file, inspection, made);
        } catch (IOException e) {
            throw new ToolException(path + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static OnnxPart merged(ModelFile file, Optional<Inspection> inspection, Instant made)
            throws ToolException, ClientException {
        var draft = Draft.empty();
        try {
            file.parsed().write(draft.path());
            if (Files.exists(draft.path().resolveSibling(draft.path().getFileName() + ".data"))) {
                throw new ToolException(
                        file.path() + " has more weights in files beside it than fit into one ONNX file of"
                                + " 2 GB, and a version has one file: push a smaller model");
            }
            return new OnnxPart(Content.of(draft.path()), inspection, made, Optional.of(draft));
        } catch (IOException | UncheckedIOException e) {
            draft.close();
            throw new ToolException(
                    "the weights of " + file.path() + " cannot be put into one file, " + draft.path() + ": "
                            + e.getMessage(),
                    e);
        } catch (ToolException | ClientException e) {
            draft.close();
            throw e;
        }
    }

    void close() {
        merged.ifPresent(Draft::close);
    }
}
