package io.plumbline.contract.artifact;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the registry has of a model: {@code GET /api/v1/models/{model}}. */
public record ModelView(ModelName model, List<Version> versions, List<Refusal> refused) {

    public ModelView {
        versions = List.copyOf(versions);
        refused = List.copyOf(refused);
    }

    /**
     * A version or a build that was not taken; the newest ones since the registry started, oldest first.
     *
     * @param reference tag or digest that it was pushed under
     * @param manifest digest of what was pushed
     * @param at the registry's clock
     */
    public record Refusal(String reference, Digest manifest, String because, Instant at) {}

    /**
     * @param manifest digest of the version's manifest
     * @param version digest of the FP32 ONNX file
     * @param state {@code BUILDING}, {@code READY} or {@code FAILED}
     * @param because why it failed; empty otherwise
     * @param tags names of the manifest, in the order of the registry's list of tags
     */
    public record Version(
            Digest manifest, Digest version, String state, String because, List<Build> builds, List<String> tags) {

        public Version {
            tags = List.copyOf(tags);
            builds = List.copyOf(builds);
        }
    }

    /**
     * @param manifest digest of the build's manifest, by which gateways and rollouts name it
     * @param search how its recipe was found; empty where the card named the recipe
     */
    public record Build(Digest manifest, BuildCard card, Optional<SearchReport> search) {}
}
