package io.plumbline.registry.core.retention;

import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.registry.core.build.Catalog;
import io.plumbline.registry.core.build.VersionJobs;
import io.plumbline.registry.core.oci.Keeper;
import io.plumbline.registry.core.oci.Manifest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Keeps builds that run, and what the builds that are kept came from. */
public final class Lineage implements Keeper {

    private final Catalog catalog;
    private final Use use;

    public Lineage(Catalog catalog, Use use) {
        this.catalog = catalog;
        this.use = use;
    }

    /** Knows where builds run. */
    public interface Use {

        /** Who runs the build, or may run it, in words that begin a sentence; empty if nobody does. */
        Optional<String> of(ModelName model, Digest build);
    }

    @Override
    public Optional<String> objection(String repository, Manifest manifest) {
        var others = catalog.repositories().manifests(repository);
        return Stream.concat(
                        listed(others, manifest).stream(),
                        VersionJobs.model(repository).flatMap(model -> ofModel(model, others, manifest)).stream())
                .findFirst()
                .map(because -> "manifest " + manifest.digest() + " stays: " + because);
    }

    private static Optional<String> listed(List<Manifest> others, Manifest manifest) {
        return others.stream()
                .filter(other -> other.manifests().stream()
                        .anyMatch(child -> child.digest().equals(manifest.digest())))
                .map(index -> "index " + index.digest() + " lists it; delete that first")
                .findFirst();
    }

    private Optional<String> ofModel(ModelName model, List<Manifest> others, Manifest manifest) {
        return switch (manifest.artifactType()) {
            case MediaTypes.VERSION -> versionNeeded(model, others, manifest);
            case MediaTypes.BUILD -> use.of(model, manifest.digest()).or(() -> parent(model, others, manifest));
            case MediaTypes.SIGNATURE -> signed(others, manifest);
            default -> Optional.empty();
        };
    }

    /** Another push of the same model file is enough for its builds. */
    private Optional<String> versionNeeded(ModelName model, List<Manifest> others, Manifest version) {
        var onnx = version.layer(MediaTypes.ONNX);
        var isOnly = others.stream()
                .filter(other -> other.artifactType().equals(MediaTypes.VERSION))
                .filter(other -> !other.digest().equals(version.digest()))
                .noneMatch(other -> other.layer(MediaTypes.ONNX).equals(onnx));
        return onnx.filter(digest -> isOnly)
                .flatMap(digest -> catalog.builds(model, digest).stream().findFirst())
                .map(build -> "build " + build.manifest() + " was made of it; delete that first");
    }

    private Optional<String> parent(ModelName model, List<Manifest> others, Manifest build) {
        return others.stream()
                .filter(other -> other.artifactType().equals(MediaTypes.BUILD))
                .filter(other -> catalog.card(other)
                        .parent()
                        .filter(build.digest()::equals)
                        .isPresent())
                .map(child ->
                        "build " + child.digest() + " of " + model + " was recalibrated from it; delete that first")
                .findFirst();
    }

    private static Optional<String> signed(List<Manifest> others, Manifest signature) {
        return others.stream()
                .filter(other ->
                        signature.subject().filter(other.digest()::equals).isPresent())
                .map(build -> "it signs " + build.digest() + ", with which it goes")
                .findFirst();
    }
}
