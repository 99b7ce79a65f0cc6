package io.plumbline.cli.parcel;

import io.plumbline.cli.lab.ToolException;
import io.plumbline.client.Artifact;
import io.plumbline.client.Artifact.Content;
import io.plumbline.client.ArtifactClient;
import io.plumbline.client.ClientException;
import io.plumbline.contract.artifact.BuildCard;
import io.plumbline.contract.artifact.DsseEnvelope;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.inference.card.CardException;
import io.plumbline.inference.card.ModelCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An artifact as it was pulled, to be pushed as it is: every file still has its digest.
 *
 * @param signatures that name its manifest; none of them is verified
 * @param recipes of a version's card
 */
record PulledParcel(
        ModelName model,
        Artifact artifact,
        Map<Digest, Content> blobs,
        List<DsseEnvelope> signatures,
        List<String> recipes,
        List<String> warnings)
        implements Parcel {

    PulledParcel {
        blobs = Map.copyOf(blobs);
        signatures = List.copyOf(signatures);
        recipes = List.copyOf(recipes);
        warnings = List.copyOf(warnings);
    }

    static PulledParcel read(Path folder) throws ToolException, ClientException {
        var manifest = folder.resolve(PulledFolder.MANIFEST);
        try {
            var artifact = Artifact.of(Files.readAllBytes(manifest));
            Map<Digest, Content> blobs = new HashMap<>();
            var empty = Content.of(MediaTypes.empty());
            blobs.put(empty.digest(), empty);
            for (var file : PulledFolder.files(artifact).entrySet()) {
                var path = folder.resolve(file.getKey());
                var content = Content.of(path);
                if (!content.digest().equals(file.getValue().digest())) {
                    throw new ToolException(path + " is not what " + manifest + " names: put it back, or delete "
                            + PulledFolder.MANIFEST + " to push model.onnx and model.yaml as a new version");
                }
                blobs.put(content.digest(), content);
            }
            var card = card(folder, artifact);
            var model = card.isPresent()
                    ? card.get().model()
                    : build(folder, manifest).model();
            var recipes = card.map(ModelCard::recipes).orElse(List.of());
            var warnings = new ArrayList<String>();
            return new PulledParcel(model, artifact, blobs, signatures(folder, artifact, warnings), recipes, warnings);
        } catch (IOException e) {
            throw new ToolException(folder + " cannot be read: " + e, e);
        } catch (MalformedMessageException | CardException | ClientException e) {
            throw new ToolException(manifest + ": " + e.getMessage(), e);
        }
    }

    /** Of a version. */
    private static Optional<ModelCard> card(Path folder, Artifact artifact)
            throws ClientException, IOException, CardException, ToolException {
        if (!artifact.type().equals(MediaTypes.VERSION)) {
            return Optional.empty();
        }
        for (var file : PulledFolder.files(artifact).entrySet()) {
            if (file.getValue().mediaType().equals(MediaTypes.CARD)) {
                return Optional.of(ModelCard.parse(Files.readAllBytes(folder.resolve(file.getKey()))));
            }
        }
        throw new ToolException("the version in " + folder + " has no model card");
    }

    private static BuildCard build(Path folder, Path manifest) throws IOException, ToolException {
        var config = folder.resolve(PulledFolder.CONFIG);
        if (!Files.exists(config)) {
            throw new ToolException(manifest + " is neither a version nor a build of a model: it has no card");
        }
        return Json.decode(Files.readAllBytes(config), BuildCard.class);
    }

    private static List<DsseEnvelope> signatures(Path folder, Artifact artifact, List<String> warnings)
            throws IOException {
        var envelopes = new ArrayList<DsseEnvelope>();
        var place = folder.resolve(PulledFolder.SIGNATURES);
        if (Files.isDirectory(place)) {
            try (var files = Files.list(place)) {
                for (var file : files.sorted().toList()) {
                    var envelope = Json.decode(Files.readAllBytes(file), DsseEnvelope.class);
                    if (envelope.names(artifact.digest())) {
                        envelopes.add(envelope);
                    } else {
                        warnings.add(file + " does not sign " + artifact.digest() + ", and is left out");
                    }
                }
            }
        }
        return envelopes;
    }

    @Override
    public Digest push(ArtifactClient registry, Optional<String> tag) throws ClientException {
        return registry.push(artifact, blobs, signatures, tag);
    }

    @Override
    public void close() {
        // its files are the person's
    }
}
