package io.plumbline.registry.core.build;

import io.plumbline.contract.artifact.BuildCard;
import io.plumbline.contract.artifact.QualityReport;
import io.plumbline.contract.artifact.SearchReport;
import io.plumbline.contract.artifact.SelfTest;
import io.plumbline.inference.model.ModelBytes;
import java.util.Optional;
import java.util.Set;

/**
 * A build before it has a manifest.
 *
 * @param excludedNodes that its recipe left in float
 * @param search how its recipe was found, where it was searched for
 */
public record BuiltModel(
        BuildCard card,
        ModelBytes onnx,
        ModelBytes observed,
        SelfTest selfTest,
        QualityReport quality,
        Set<String> excludedNodes,
        Optional<SearchReport> search) {

    public BuiltModel {
        excludedNodes = Set.copyOf(excludedNodes);
    }

    BuiltModel foundBy(SearchReport report) {
        return new BuiltModel(card, onnx, observed, selfTest, quality, excludedNodes, Optional.of(report));
    }
}
