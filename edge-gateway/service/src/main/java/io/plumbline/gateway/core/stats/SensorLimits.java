package io.plumbline.gateway.core.stats;

import io.plumbline.contract.artifact.ReferenceProfile;
import java.util.List;

/**
 * From which repetition on a value is stuck: where a healthy sensor, which repeats a value with the share of the reference,
 * would get so far by chance in one of 10^18 readings. The bound is that low because repetitions come in clusters: in the
 * climate data runs are up to 1.4 times as long as one of 10^9 independent readings would be. Immutable.
 */
public final class SensorLimits {

    private static final double IMPROBABLE = 1e-18;
    private static final int FEWEST = 16;
    /** A feature that hardly ever changes says nothing by not changing. */
    private static final double HARDLY_CHANGES = 0.999;

    private final List<String> features;
    private final int[] repetitions;

    /** Of the features of this profile; those of which it does not say how often they repeat are not checked. */
    public SensorLimits(ReferenceProfile profile) {
        features =
                profile.features().stream().map(ReferenceProfile.Feature::name).toList();
        repetitions = profile.features().stream()
                .mapToInt(feature ->
                        feature.repeats().map(SensorLimits::improbable).orElse(Integer.MAX_VALUE))
                .toArray();
    }

    private static int improbable(double share) {
        if (share >= HARDLY_CHANGES) {
            return Integer.MAX_VALUE;
        }
        return share <= 0 ? FEWEST : Math.max(FEWEST, (int) Math.ceil(Math.log(IMPROBABLE) / Math.log(share)));
    }

    int size() {
        return repetitions.length;
    }

    String feature(int index) {
        return features.get(index);
    }

    boolean isStuck(int feature, int repetition) {
        return repetition >= repetitions[feature];
    }
}
