package io.plumbline.drift;

import io.plumbline.contract.artifact.ReferenceProfile;
import java.util.List;

/**
 * What a build's package says about its model.
 *
 * @param labels every answer the model can give
 * @param profile what the inputs looked like when the model was made; without features where its owner gave none
 */
public record Reference(List<String> labels, ReferenceProfile profile) {

    public Reference {
        labels = List.copyOf(labels);
    }
}
