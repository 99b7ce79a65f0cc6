package io.plumbline.gateway.adapter.registry;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.plumbline.contract.id.Digest;
import io.plumbline.gateway.core.build.UnfitBuildException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An OCI image manifest, as far as a gateway reads it.
 *
 * @param subject what a signature's manifest signs
 */
record OciManifest(
        @JsonProperty("artifactType") Optional<String> artifactType,
        Descriptor config,
        List<Descriptor> layers,
        Optional<Descriptor> subject) {

    OciManifest {
        layers = List.copyOf(layers);
    }

    /** @param size in bytes */
    record Descriptor(String mediaType, Digest digest, long size, Optional<String> artifactType) {}

    /** Answer of the referrers API. */
    record Index(List<Descriptor> manifests) {

        Index {
            manifests = List.copyOf(manifests);
        }
    }

    /** Everything it consists of. */
    Stream<Descriptor> blobs() {
        return Stream.concat(Stream.of(config), layers.stream());
    }

    /** The one layer of this type. */
    Descriptor layer(String mediaType) throws UnfitBuildException {
        var found = layers.stream()
                .filter(layer -> layer.mediaType().equals(mediaType))
                .toList();
        if (found.size() != 1) {
            throw new UnfitBuildException(
                    "the manifest has " + found.size() + " layers of type " + mediaType + ", expected one");
        }
        return found.get(0);
    }
}
