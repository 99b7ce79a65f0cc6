package io.plumbline.registry.core.build;

import io.plumbline.contract.artifact.BuildCard;
import io.plumbline.contract.artifact.DsseEnvelope;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.artifact.ModelView;
import io.plumbline.contract.artifact.SearchReport;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.registry.core.oci.Manifest;
import io.plumbline.registry.core.oci.OciException;
import io.plumbline.registry.core.oci.Repositories;
import io.plumbline.registry.core.oci.Texts;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Models, versions and builds as the repositories hold them. */
public final class Catalog {

    private final Repositories repositories;

    public Catalog(Repositories repositories) {
        this.repositories = repositories;
    }

    public List<Manifest> versions(ModelName model) {
        return ofType(model, MediaTypes.VERSION);
    }

    private List<Manifest> ofType(ModelName model, String artifactType) {
        return repositories.manifests(MediaTypes.repository(model)).stream()
                .filter(manifest -> manifest.artifactType().equals(artifactType))
                .toList();
    }

    /** Names of a manifest. */
    public List<String> tags(String repository, Digest manifest) {
        return repositories.tags(repository).stream()
                .filter(tag -> repositories
                        .find(repository, tag)
                        .filter(tagged -> tagged.digest().equals(manifest))
                        .isPresent())
                .toList();
    }

    /** Builds of the version with this FP32 digest, oldest first. */
    public List<ModelView.Build> builds(ModelName model, Digest version) {
        return ofType(model, MediaTypes.BUILD).stream()
                .map(this::build)
                .filter(build -> build.card().version().equals(version))
                .toList();
    }

    /**
     * Builds of a pushed version, oldest first: those that were made of it, or of one with the same content. Where it is not known any more
     * what a build was made of, its FP32 model tells.
     */
    public List<ModelView.Build> builds(ModelName model, Version.Pushed pushed) {
        return ofType(model, MediaTypes.BUILD).stream()
                .filter(build -> isOf(build, pushed))
                .map(this::build)
                .toList();
    }

    private boolean isOf(Manifest build, Version.Pushed pushed) {
        return base(pushed.repository(), build)
                .map(base -> base.layers().equals(pushed.manifest().layers()))
                .orElseGet(() -> pushed.manifest()
                        .layer(MediaTypes.ONNX)
                        .filter(card(build).version()::equals)
                        .isPresent());
    }

    /** The version that a build was made of, if it is still there. */
    private Optional<Manifest> base(String repository, Manifest build) {
        return Optional.ofNullable(build.annotations().get(MediaTypes.BASE))
                .filter(Digest::isValid)
                .flatMap(digest -> repositories.find(repository, digest));
    }

    /** Builds that were made of what gateways observed beside another build, oldest first. */
    public List<ModelView.Build> recalibrated(ModelName model) {
        return ofType(model, MediaTypes.BUILD).stream()
                .map(this::build)
                .filter(build -> build.card().parent().isPresent())
                .toList();
    }

    /** Builds of all models that were made from this calibration. */
    public List<ModelView.Build> calibratedFrom(Digest calibration) {
        return repositories.repositories().stream()
                .flatMap(repository -> VersionJobs.model(repository).stream())
                .flatMap(model -> ofType(model, MediaTypes.BUILD).stream())
                .map(this::build)
                .filter(build ->
                        build.card().calibration().filter(calibration::equals).isPresent())
                .toList();
    }

    /** The build with this manifest. */
    public Optional<ModelView.Build> build(ModelName model, Digest manifest) {
        return ofType(model, MediaTypes.BUILD).stream()
                .filter(one -> one.digest().equals(manifest))
                .findFirst()
                .map(this::build);
    }

    /**
     * Refuses versions, builds and signatures that could not be read back, and versions and builds of another model than their
     * repository.
     *
     * @throws OciException with the reason
     */
    public void admit(String repository, Manifest manifest) {
        try {
            if (manifest.artifactType().equals(MediaTypes.VERSION)) {
                Version.card(new Version.Pushed(repository, manifest), repositories);
            } else if (manifest.artifactType().equals(MediaTypes.BUILD)) {
                admitBuild(repository, manifest);
            } else if (manifest.artifactType().equals(MediaTypes.SIGNATURE)) {
                admitSignature(manifest);
            }
        } catch (BuildException | MalformedMessageException e) {
            throw new OciException(OciException.Code.MANIFEST_INVALID, String.valueOf(e.getMessage()));
        }
    }

    private void admitBuild(String repository, Manifest manifest) throws BuildException {
        var own = MediaTypes.repository(build(manifest).card().model());
        if (!own.equals(repository)) {
            throw new BuildException("the build belongs into " + own + " and not into " + repository);
        }
        excluded(manifest);
    }

    /** Whoever wants to know who signed a build reads all of its signatures. */
    private void admitSignature(Manifest manifest) throws BuildException {
        var layers = manifest.layers().stream()
                .filter(layer -> layer.mediaType().equals(MediaTypes.SIGNATURE))
                .toList();
        if (layers.size() != 1) {
            throw new BuildException(
                    "a signature has one layer of type " + MediaTypes.SIGNATURE + ", and not " + layers.size());
        }
        var layer = layers.get(0);
        if (layer.size() > DsseEnvelope.MOST_BYTES) {
            throw new BuildException("the envelope of a signature has " + layer.size() + " bytes, and may have "
                    + DsseEnvelope.MOST_BYTES);
        }
        Json.decode(stored(layer.digest(), "envelope of a signature"), DsseEnvelope.class);
    }

    /** The version that a build was made of; where that is not known any more, the newest with its FP32 model. */
    public Optional<Manifest> versionOf(ModelName model, Digest build) {
        return repositories
                .find(MediaTypes.repository(model), build.value())
                .flatMap(manifest -> base(MediaTypes.repository(model), manifest)
                        .or(() -> newest(model, card(manifest).version())));
    }

    private Optional<Manifest> newest(ModelName model, Digest version) {
        return versions(model).stream()
                .filter(manifest ->
                        manifest.layer(MediaTypes.ONNX).filter(version::equals).isPresent())
                .reduce((older, newer) -> newer);
    }

    /** Nodes that the recipe of this build left in float. */
    public Set<String> excludedNodes(ModelName model, Digest build) {
        return ofType(model, MediaTypes.BUILD).stream()
                .filter(manifest -> manifest.digest().equals(build))
                .flatMap(manifest -> excluded(manifest).stream())
                .collect(Collectors.toSet());
    }

    private static List<String> excluded(Manifest manifest) {
        var text = manifest.annotations().getOrDefault(MediaTypes.EXCLUDED_NODES, "[]");
        return Arrays.asList(Json.decode(text.getBytes(StandardCharsets.UTF_8), String[].class));
    }

    public Repositories repositories() {
        return repositories;
    }

    private ModelView.Build build(Manifest manifest) {
        var card = card(manifest);
        var search = manifest.layer(MediaTypes.SEARCH)
                .map(digest -> Json.decode(stored(digest, "report of a search"), SearchReport.class));
        return new ModelView.Build(manifest.digest(), card, search);
    }

    /**
     * The card of a build.
     *
     * @throws MalformedMessageException if the manifest has none that can be read
     */
    public BuildCard card(Manifest manifest) {
        var config = manifest.config()
                .orElseThrow(
                        () -> new MalformedMessageException("a build is an image manifest, and its config the card"));
        return Json.decode(stored(config.digest(), "card of a build"), BuildCard.class);
    }

    private byte[] stored(Digest digest, String what) {
        return Texts.read(repositories, digest, what)
                .orElseThrow(() -> new IllegalStateException("a stored manifest without its blobs is a bug"));
    }
}
