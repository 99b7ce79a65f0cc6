package io.plumbline.contract.message;

import io.plumbline.contract.wire.Counts;
import io.plumbline.contract.wire.Require;
import java.util.List;

/**
 * Values of one input feature over a horizon beside those of the reference profile, in its frozen bins.
 *
 * @param feature name from the model card
 * @param edges strictly rising inner bin edges; a value v is in bin i when edges[i-1] <= v < edges[i], and the outermost bins are open
 * @param reference edges + 1 counts of the reference data
 * @param current as many counts, of the horizon
 * @param notFinite values of the horizon that were NaN or infinite, which are in no bin
 */
public record InputHistogram(String feature, List<Double> edges, Counts reference, Counts current, long notFinite) {

    public InputHistogram {
        edges = List.copyOf(edges);
        Require.notEmpty("feature", feature);
        Require.notNegative("notFinite", notFinite);
        Require.that(
                reference.size() == edges.size() + 1 && current.size() == reference.size(),
                "feature " + feature + " has " + edges.size() + " edges, and must have one bin more, not "
                        + reference.size() + " and " + current.size());
    }
}
