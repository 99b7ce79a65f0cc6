package io.plumbline.gateway.core.pipeline;

import io.plumbline.contract.fleet.StreamAssignment;
import io.plumbline.contract.id.EventId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.StreamId;
import io.plumbline.gateway.core.calibration.Windows;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.window.Reservoir;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Recent windows of every stream, for calibration on this site's own data. They never leave it. Not thread-safe. */
final class Reservoirs {

    private final int size;
    private final Map<StreamId, Held> streams = new LinkedHashMap<>();

    private record Held(ModelName model, Reservoir reservoir) {}

    /** @param size windows kept per stream */
    Reservoirs(int size) {
        this.size = size;
    }

    void add(StreamAssignment stream, EventId event, Tensor window) {
        var held = streams.get(stream.stream());
        if (held == null || !held.model.equals(stream.model())) {
            held = new Held(stream.model(), new Reservoir(size, stream.stream().value().hashCode()));
            streams.put(stream.stream(), held);
        }
        held.reservoir.add(event.value(), window);
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
