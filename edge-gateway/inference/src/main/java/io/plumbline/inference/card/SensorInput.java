package io.plumbline.inference.card;

import java.time.Duration;
import java.util.List;

/**
 * A window of sensor readings, [1, window, features].
 *
 * @param window readings per input, oldest first
 * @param interval device time between two readings
 */
public record SensorInput(String tensor, int window, Duration interval, List<ModelCard.Feature> features)
        implements Input {

    public SensorInput {
        features = List.copyOf(features);
    }

    @Override
    public long[] shape() {
        return new long[] {1, window, features.size()};
    }
}
