package io.plumbline.registry.core.build;

import io.plumbline.contract.artifact.BuildCard;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.artifact.ModelView;
import io.plumbline.contract.artifact.SearchReport;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.wire.Json;
import io.plumbline.registry.core.oci.Manifest;
import io.plumbline.registry.core.oci.Repositories;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
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

    /** Builds of the version with this FP32 digest, oldest first. */
    public List<ModelView.Build> builds(ModelName model, Digest version) {
        return ofType(model, MediaTypes.BUILD).stream()
                .map(this::build)
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

    /** Nodes that the recipe of this build left in float. */
    public Set<String> excludedNodes(ModelName model, Digest build) {
        return ofType(model, MediaTypes.BUILD).stream()
                .filter(manifest -> manifest.digest().equals(build))
                .map(manifest -> manifest.annotations().get(MediaTypes.EXCLUDED_NODES))
                .filter(Objects::nonNull)
                .map(text -> Json.decode(text.getBytes(StandardCharsets.UTF_8), String[].class))
                .flatMap(Arrays::stream)
                .collect(Collectors.toSet());
    }

    public Repositories repositories() {
        return repositories;
    }

    private ModelView.Build build(Manifest manifest) {
        var card = Json.decode(stored(manifest.config().digest()), BuildCard.class);
        var search = manifest.layer(MediaTypes.SEARCH).map(digest -> Json.decode(stored(digest), SearchReport.class));
        return new ModelView.Build(manifest.digest(), card, search);
    }

    private byte[] stored(Digest digest) {
        return repositories
                .blob(digest)
                .orElseThrow(() -> new IllegalStateException("a stored manifest without its blobs is a bug"));
    }
}
