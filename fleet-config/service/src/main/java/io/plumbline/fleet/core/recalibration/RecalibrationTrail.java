package io.plumbline.fleet.core.recalibration;

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
 * @param gone lines before them, which are kept at the registry alone
 * @param departures what all lines told of what left the sites
 * @param outcome empty while it goes on
 * @param changedAt when the newest was written
 */
public record RecalibrationTrail(
        String id,
        ModelName model,
        Digest build,
        Optional<Requested> request,
        List<Progressed> lines,
        int gone,
        Departures departures,
        Optional<RecalibrationEvent> outcome,
        Instant changedAt) {

    static final int LINES = 100;

    public RecalibrationTrail {
        lines = List.copyOf(lines);
    }

    static RecalibrationTrail of(RecalibrationEvent first) {
        return new RecalibrationTrail(
                first.id(),
                first.model(),
                first.build(),
                Optional.empty(),
                List.of(),
                0,
                Departures.NONE,
                Optional.empty(),
                Instant.EPOCH);
    }

    /** @param at when the event was written */
    RecalibrationTrail with(RecalibrationEvent event, Instant at) {
        if (event instanceof Requested asked) {
            return new RecalibrationTrail(id, model, build, Optional.of(asked), lines, gone, departures, outcome, at);
        }
        if (event instanceof Progressed line) {
            return lines.contains(line)
                    ? new RecalibrationTrail(id, model, build, request, lines, gone, departures, outcome, at)
                    : longer(line, at);
        }
        return new RecalibrationTrail(id, model, build, request, lines, gone, departures, Optional.of(event), at);
    }

    /** Of very many lines the oldest go. */
    private RecalibrationTrail longer(Progressed line, Instant at) {
        var all = new ArrayList<>(lines);
        all.add(line);
        var over = Math.max(0, all.size() - LINES);
        var departed = line.sent().map(departures::with).orElse(departures);
        return new RecalibrationTrail(
                id, model, build, request, all.subList(over, all.size()), gone + over, departed, outcome, at);
    }
}
