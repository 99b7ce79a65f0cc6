package io.plumbline.benchmarks.real;

import io.plumbline.contract.artifact.ReferenceProfile;
import java.util.ArrayList;
import java.util.List;

/** From which repetition on a gateway calls a value of one device stuck. Not thread-safe. */
final class Repeats {

    private static final double IMPROBABLE = 1e-18;
    private static final int FEWEST = 16;
    private static final double HARDLY_CHANGES = 0.999;

    private final List<ReferenceProfile.Feature> features;
    private float[] last = {};
    private int[] runs = {};

    Repeats(ReferenceProfile profile) {
        this.features = profile.features();
    }

    /** The features that are stuck with this reading. */
    List<String> stuck(float[] values) {
        var first = last.length == 0;
        if (first) {
            runs = new int[values.length];
        }
        var stuck = new ArrayList<String>();
        for (int i = 0; i < features.size(); i++) {
            runs[i] = !first && values[i] == last[i] ? runs[i] + 1 : 1;
            if (runs[i] >= limit(features.get(i))) {
                stuck.add(features.get(i).name());
            }
        }
        last = values.clone();
        return stuck;
    }

    private static int limit(ReferenceProfile.Feature feature) {
        var share = feature.repeats().orElse(1.0);
        if (share >= HARDLY_CHANGES) {
            return Integer.MAX_VALUE;
        }
        return share <= 0 ? FEWEST : Math.max(FEWEST, (int) Math.ceil(Math.log(IMPROBABLE) / Math.log(share)));
    }
}
