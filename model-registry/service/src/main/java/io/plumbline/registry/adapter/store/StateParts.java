package io.plumbline.registry.adapter.store;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.message.CalibrationMessage;
import io.plumbline.contract.message.CandidateScore;
import io.plumbline.contract.wire.Json;
import io.plumbline.registry.core.recalibration.Recalibration;
import io.plumbline.registry.core.recalibration.Recalibration.Observing;
import io.plumbline.registry.core.recalibration.Recalibration.Scoring;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A state as two things that are written apart: its answers, which are large and never change, and the rest.
 *
 * @param head the state without answers, JSON
 * @param answers JSON by gateway
 */
record StateParts(String head, Map<GatewayId, String> answers) {

    StateParts {
        answers = Map.copyOf(answers);
    }

    /** A stored answer. */
    record Answer(String gateway, String content) {}

    static StateParts of(Recalibration state) {
        Map<GatewayId, String> answers = new LinkedHashMap<>();
        if (state instanceof Observing observing) {
            observing.answers().forEach((gateway, answer) -> answers.put(gateway, text(answer)));
        } else if (state instanceof Scoring scoring) {
            scoring.answers().forEach((gateway, scores) -> answers.put(gateway, text(scores)));
        }
        return new StateParts(text(answered(state, Map.of(), Map.of())), answers);
    }

    static Recalibration head(String content) {
        return Json.decode(content.getBytes(StandardCharsets.UTF_8), Recalibration.class);
    }

    static Recalibration whole(Recalibration head, List<Answer> answers) {
        Map<GatewayId, CalibrationMessage.Observed> observed = new LinkedHashMap<>();
        Map<GatewayId, List<CandidateScore>> scored = new LinkedHashMap<>();
        for (var answer : answers) {
            var content = answer.content().getBytes(StandardCharsets.UTF_8);
            if (head instanceof Observing) {
                observed.put(new GatewayId(answer.gateway()), Json.decode(content, CalibrationMessage.Observed.class));
            } else {
                scored.put(new GatewayId(answer.gateway()), List.of(Json.decode(content, CandidateScore[].class)));
            }
        }
        return answered(head, observed, scored);
    }

    private static Recalibration answered(
            Recalibration state,
            Map<GatewayId, CalibrationMessage.Observed> observed,
            Map<GatewayId, List<CandidateScore>> scored) {
        if (state instanceof Observing one) {
            return new Observing(one.request(), one.asked(), observed, one.declined(), one.live(), one.deadline());
        }
        if (state instanceof Scoring one) {
            return new Scoring(
                    one.request(),
                    one.candidates(),
                    one.asked(),
                    scored,
                    one.declined(),
                    one.setAside(),
                    one.widest(),
                    one.deadline());
        }
        return state;
    }

    private static String text(Object value) {
        return new String(Json.encode(value), StandardCharsets.UTF_8);
    }
}
