package io.plumbline.gateway.core.build;

import io.plumbline.contract.artifact.BuildCard;
import io.plumbline.contract.id.Digest;
import io.plumbline.gateway.core.reading.Field;
import io.plumbline.gateway.core.stream.KnownBuild;
import java.util.List;

/**
 * A build that was verified and loaded.
 *
 * @param manifest digest of its manifest, its name
 * @param fields what a reading must hold, in the order of the input's features
 */
public record Build(Digest manifest, BuildCard card, KnownBuild shape, List<Field> fields, Model model) {

    public Build {
        fields = List.copyOf(fields);
    }
}
