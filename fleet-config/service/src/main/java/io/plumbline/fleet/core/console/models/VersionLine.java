package io.plumbline.fleet.core.console.models;

import io.plumbline.contract.id.Digest;
import java.util.List;

/**
 * An FP32 model with the builds that were made of it.
 *
 * @param because why it failed; empty otherwise
 */
public record VersionLine(
        Digest version, List<String> tags, String state, String because, long bytes, List<BuildLine> builds) {

    public VersionLine {
        tags = List.copyOf(tags);
        builds = List.copyOf(builds);
    }

    public String size() {
        return Sizes.inWords(bytes);
    }
}
