package io.plumbline.contract.artifact;

import io.plumbline.contract.wire.Counts;
import io.plumbline.contract.wire.Require;
import java.util.List;
import java.util.Optional;

/**
 * What the model's inputs looked like when it was made. Drift is always against this, never against a moving baseline.
 */
public record ReferenceProfile(List<Feature> features) {

    public ReferenceProfile {
        features = List.copyOf(features);
    }

    /**
     * @param name feature name from the model card
     * @param edges strictly rising inner bin edges; a value v is in bin i when edges[i-1] <= v < edges[i]
     * @param bins edges + 1 counts of the reference data
     * @param repeats share of the readings that repeat the value before, where values repeat in clusters that of clusters; empty where the
     *     reference is not a series
     * @param stretches the same counts by contiguous stretches of the reference data in its order, which together are {@code bins}: how
     *     much they differ says how many independent values the reference is worth; empty where the data had no order, or too few
     *     values, and in older profiles
     */
    public record Feature(
            String name, List<Double> edges, Counts bins, Optional<Double> repeats, Optional<List<Counts>> stretches) {

        public Feature(String name, List<Double> edges, Counts bins) {
            this(name, edges, bins, Optional.empty(), Optional.empty());
        }

        public Feature {
            stretches = stretches.map(List::copyOf);
            repeats.ifPresent(share -> Require.ratio("repeats of feature " + name, share));
            edges = List.copyOf(edges);
            Require.notEmpty("feature name", name);
            Require.that(
                    bins.size() == edges.size() + 1,
                    "feature " + name + " has " + edges.size() + " edges and " + bins.size()
                            + " bins, expected one more");
            for (int i = 1; i < edges.size(); i++) {
                Require.that(edges.get(i - 1) < edges.get(i), "edges of feature " + name + " must rise");
            }
            if (stretches.isPresent()) {
                Require.that(addUp(stretches.get(), bins), "stretches of feature " + name + " must add up to its bins");
            }
        }

        private static boolean addUp(List<Counts> stretches, Counts bins) {
            return stretches.stream().allMatch(stretch -> stretch.size() == bins.size())
                    && stretches.stream()
                            .reduce(Counts.zeros(bins.size()), Counts::plus)
                            .equals(bins);
        }
    }
}
