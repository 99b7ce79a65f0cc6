package io.plumbline.contract.artifact;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import java.util.List;
import java.util.Optional;

/** What the registry has of a model: {@code GET /api/v1/models/{model}}. */
public record ModelView(ModelName model, List<Version> versions) {

    public ModelView {
        versions = List.copyOf(versions);
    }

    /**
     * @param manifest digest of the version's manifest
     * @param version digest of the FP32 ONNX file
     * @param state {@code BUILDING}, {@code READY} or {@code FAILED}
     * @param because why it failed; empty otherwise
     */
    public record Version(Digest manifest, Digest version, String state, String because, List<Build> builds) {

        public Version {
            builds = List.copyOf(builds);
        }
    }

    /**
     * @param manifest digest of the build's manifest, by which gateways and rollouts name it
     * @param search how its recipe was found; empty where the card named the recipe
     */
    public record Build(Digest manifest, BuildCard card, Optional<SearchReport> search) {}
}
