package io.plumbline.contract.artifact;

import io.plumbline.contract.id.ModelName;
import java.util.List;

/**
 * A model in a list of all: {@code GET /api/v1/models}.
 *
 * @param versions how many were pushed
 * @param builds how many there are of all of them
 * @param state of the newest version: {@code BUILDING}, {@code READY} or {@code FAILED}
 * @param tags of the newest version
 */
public record ModelSummary(ModelName model, int versions, int builds, String state, List<String> tags) {

    public ModelSummary {
        tags = List.copyOf(tags);
    }
}
