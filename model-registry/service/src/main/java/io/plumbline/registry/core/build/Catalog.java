package io.plumbline.registry.core.build;

import io.plumbline.contract.artifact.BuildCard;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.artifact.ModelView;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.wire.Json;
import io.plumbline.registry.core.oci.Manifest;
import io.plumbline.registry.core.oci.Repositories;
import java.util.List;
import java.util.Optional;

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

    /** Builds of the version with this FP32 digest, oldest first. */
    public List<ModelView.Build> builds(ModelName model, Digest version) {
        return ofType(model, MediaTypes.BUILD).stream()
                .map(manifest -> new ModelView.Build(manifest.digest(), card(manifest)))
                .filter(build -> build.card().version().equals(version))
                .toList();
    }

    /** The version with this FP32 digest. */
    public Optional<Manifest> version(ModelName model, Digest version) {
        return versions(model).stream()
                .filter(manifest ->
                        manifest.layer(MediaTypes.ONNX).filter(version::equals).isPresent())
                .findFirst();
    }

    public Repositories repositories() {
        return repositories;
    }

    private BuildCard card(Manifest manifest) {
        var content = repositories
                .blob(manifest.config().digest())
                .orElseThrow(() -> new IllegalStateException("a stored manifest without its config is a bug"));
        return Json.decode(content, BuildCard.class);
    }
}
