package io.plumbline.gateway.core.pipeline;

import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.InferenceResult;
import io.plumbline.gateway.core.calibration.Windows;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.card.ModelCard;
import io.plumbline.inference.window.Reservoir;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/** Recent windows of every stream, for calibration on this site's own readings. They never leave it. Not thread-safe. */
public final class Reservoirs {

    private final int size;
    private final Duration horizon;
    private final Map<StreamId, Held> streams = new LinkedHashMap<>();

    private record Held(ModelName model, ModelCard.Input input, Reservoir reservoir) {}

    /**
     * @param size windows kept per stream
     * @param horizon device time after which a window is forgotten
     */
    public Reservoirs(int size, Duration horizon) {
        this.size = size;
        this.horizon = horizon;
    }

    /** @param input how the model takes the window that this result answers */
    void add(InferenceResult result, ModelCard.Input input, Tensor window) {
        var name = result.stream();
        var model = result.model();
        var held = streams.get(name);
        if (held == null || !held.model.equals(model) || !held.input.equals(input)) {
            var length = input.interval().multipliedBy(input.window());
            held = new Held(
                    model,
                    input,
                    new Reservoir(size, horizon, length, name.value().hashCode()));
            streams.put(name, held);
        }
        held.reservoir.add(result.device(), result.eventTime(), window);
    }

    void remove(StreamId stream) {
        streams.remove(stream);
    }

    Windows.Halves of(ModelName model) {
        var calibration = new ArrayList<Tensor>();
        var holdout = new ArrayList<Tensor>();
        for (var held : streams.values()) {
            if (held.model.equals(model)) {
                calibration.addAll(held.reservoir.calibration());
                holdout.addAll(held.reservoir.holdout());
            }
        }
        return new Windows.Halves(calibration, holdout);
    }
}
