package io.plumbline.fleet.core.view;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.message.RecalibrationEvent.Progressed;
import io.plumbline.contract.message.RecalibrationEvent.Requested;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was heard of one recalibration.
 *
 * @param build the one that is recalibrated
 * @param request empty where somebody asked the registry itself, or its record has left the topic
 * @param lines what happened, oldest first, a limited number
 * @param outcome empty while it goes on
 * @param changedAt when the newest was written
 */
public record RecalibrationTrail(
        String id,
        ModelName model,
        Digest build,
        Optional<Requested> request,
        List<Progressed> lines,
        Optional<RecalibrationEvent> outcome,
        Instant changedAt) {

    static final int LINES = 100;

    public RecalibrationTrail {
        lines = List.copyOf(lines);
    }

    static RecalibrationTrail of(RecalibrationEvent first) {
        return new RecalibrationTrail(
                first.id(), first.model(), first.build(), Optional.empty(), List.of(), Optional.empty(), Instant.EPOCH);
    }

    /** @param at when the event was written */
    RecalibrationTrail with(RecalibrationEvent event, Instant at) {
        if (event instanceof Requested asked) {
            return new RecalibrationTrail(id, model, build, Optional.of(asked), lines, outcome, at);
        }
        if (event instanceof Progressed line) {
            return new RecalibrationTrail(id, model, build, request, more(line), outcome, at);
        }
        return new RecalibrationTrail(id, model, build, request, lines, Optional.of(event), at);
    }

    /** What is told twice stands once; of very many lines the oldest go. */
    private List<Progressed> more(Progressed line) {
        if (lines.contains(line)) {
            return lines;
        }
        var all = new ArrayList<>(lines);
        all.add(line);
        return all.subList(Math.max(0, all.size() - LINES), all.size());
    }
}
