package io.plumbline.registry.adapter.trace;

import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.signals.trace.Cause;
import io.plumbline.signals.trace.Footprints;
import io.plumbline.signals.trace.Trail;
import java.util.Map;
import java.util.Optional;

/**
 * Recalibrations in the trace of their requests. Those that nobody follows are not followed; where the others are is remembered
 * in memory, so that one that outlives a restart is followed no further. Thread-safe.
 */
public final class Errands {

    private final Trail trail;
    private final Footprints places = new Footprints();

    public Errands(Trail trail) {
        this.trail = trail;
    }

    /** A request is about to be taken. */
    public void requested(RecalibrationEvent.Requested request, Optional<String> traceparent) {
        if (traceparent.isPresent() && places.find(request.id()).isEmpty()) {
            try (var step = trail.begin("recalibration", Cause.of(traceparent), facts(request))) {
                places.leave(request.id(), step.traceparent());
            }
        }
    }

    /** Where the trace of a recalibration is; empty where nobody follows it. */
    public Optional<String> place(String recalibration) {
        return places.find(recalibration);
    }

    /**
     * It is over, or somebody asks for it.
     *
     * @return the place to follow it from; empty where nobody does
     */
    public Optional<String> told(RecalibrationEvent event) {
        var place = places.find(event.id());
        if (place.isEmpty() || !event.decides()) {
            return place;
        }
        try (var step = trail.begin("recalibration outcome", Cause.of(place), facts(event))) {
            return step.traceparent();
        }
    }

    private static Map<String, String> facts(RecalibrationEvent event) {
        return Map.of(
                "plumbline.model", event.model().value(),
                "plumbline.build", event.build().toString(),
                "plumbline.recalibration", event.id(),
                "plumbline.kind", event.getClass().getSimpleName());
    }
}
