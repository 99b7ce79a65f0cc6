package io.plumbline.cli.client;

import io.plumbline.client.Artifact.Content;
import io.plumbline.client.ArtifactClient;
import io.plumbline.client.ArtifactClient.Version;
import io.plumbline.client.ClientException;
import io.plumbline.client.Http;
import io.plumbline.client.OciContent;
import io.plumbline.contract.artifact.BuildCard;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.artifact.ModelSummary;
import io.plumbline.contract.artifact.ModelView;
import io.plumbline.contract.artifact.ReferenceProfile;
import io.plumbline.contract.artifact.SelfTest;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.drift.Reference;
import io.plumbline.inference.card.CardException;
import io.plumbline.inference.card.ModelCard;
import io.plumbline.inference.model.ModelBytes;
import io.plumbline.inference.model.ModelFiles;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Pushes and pulls models over the OCI distribution API. */
public final class RegistryClient {

    private static final int NOT_FOUND = 404;

    private final Http http;
    private final OciContent content;

    public RegistryClient(URI registry) {
        this(new Http("registry", registry));
    }

    /** Of a registry that may ask who one is. */
    public RegistryClient(Http http) {
        this.http = http;
        this.content = new OciContent(http);
    }

    /**
     * What an owner hands over.
     *
     * @param samples further layers by their title, in {@code .npy}
     */
    public record NewVersion(ModelCard card, ModelBytes cardYaml, ModelBytes onnx, Samples samples) {}

    /**
     * @param calibration inputs for the first calibration
     * @param reference inputs for the reference profile
     */
    public record Samples(Optional<ModelBytes> calibration, Optional<ModelBytes> reference) {}

    /** Pushes a version under a tag; the registry then builds the recipes of its card. Answers the manifest's digest. */
    public Digest push(NewVersion version, String tag) throws ClientException {
        var layers = new ArrayList<Version.Layer>();
        layers.add(new Version.Layer(MediaTypes.ONNX, "model.onnx", content(version.onnx())));
        layers.add(new Version.Layer(MediaTypes.CARD, "model.yaml", content(version.cardYaml())));
        version.samples()
                .calibration()
                .ifPresent(npy ->
                        layers.add(new Version.Layer(MediaTypes.SAMPLES, MediaTypes.CALIBRATION_TITLE, content(npy))));
        version.samples()
                .reference()
                .ifPresent(npy ->
                        layers.add(new Version.Layer(MediaTypes.SAMPLES, MediaTypes.REFERENCE_TITLE, content(npy))));
        var model = version.card().model();
        return new ArtifactClient(http, MediaTypes.repository(model))
                .push(new Version(model, layers, Map.of()), Optional.of(tag));
    }

    private static Content content(ModelBytes bytes) {
        return Content.of(bytes.get());
    }

    /** Every model of the registry, by name. */
    public List<ModelSummary> models() throws ClientException {
        return List.of(http.get("/api/v1/models", ModelSummary[].class));
    }

    /** What the registry has of a model. */
    public ModelView view(ModelName model) throws ClientException {
        return http.get("/api/v1/models/" + model, ModelView.class);
    }

    /** A build's files; every blob is checked against its digest. */
    public ModelFiles pull(ModelName model, Digest build) throws ClientException {
        var repository = MediaTypes.repository(model);
        var manifest = content.manifest(repository, build);
        try {
            return new ModelFiles(
                    content.blob(repository, manifest.config(), BuildCard.class),
                    ModelBytes.of(content.layer(repository, manifest, MediaTypes.ONNX)),
                    ModelBytes.of(content.layer(repository, manifest, MediaTypes.OBSERVED)),
                    ModelCard.parse(content.layer(repository, manifest, MediaTypes.CARD)),
                    content.layer(repository, manifest, MediaTypes.PROFILE, ReferenceProfile.class),
                    content.layer(repository, manifest, MediaTypes.SELF_TEST, SelfTest.class));
        } catch (CardException e) {
            throw new ClientException("build " + build + ": " + e.getMessage(), e);
        }
    }

    /** What a build's package says of its model; empty where the registry does not have the build. */
    public Optional<Reference> reference(ModelName model, Digest build) throws ClientException {
        var repository = MediaTypes.repository(model);
        var path = "/v2/" + repository + "/manifests/" + build;
        var asked = http.request(path).header("Accept", MediaTypes.OCI_MANIFEST).build();
        if (http.send(asked).statusCode() == NOT_FOUND) {
            return Optional.empty();
        }
        var manifest = content.manifest(repository, build);
        try {
            var card = ModelCard.parse(content.layer(repository, manifest, MediaTypes.CARD));
            var profile = content.layer(repository, manifest, MediaTypes.PROFILE, ReferenceProfile.class);
            return Optional.of(new Reference(card.output().labels(), profile));
        } catch (CardException e) {
            throw new ClientException("build " + build + ": " + e.getMessage(), e);
        }
    }
}
