package io.plumbline.fleet.adapter.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.wire.Json;
import io.plumbline.rollout.state.RolloutState;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;

/**
 * Reads stored rollouts, those of the version before too: that had a canary and one wave with all the others, each told and judged
 * in one stage. A rollout that was under way then goes on as one of two waves, whose gateways have been told.
 */
final class StoredStates {

    private static final ObjectMapper MAPPER = Json.mapper();

    private StoredStates() {}

    /** @param assigned what every gateway is to run, to know whom the second wave has */
    static RolloutState read(String json, Collection<Assignment> assigned) {
        try {
            var tree = (ObjectNode) MAPPER.readTree(json);
            upgrade(tree, assigned);
            return Json.decode(MAPPER.writeValueAsString(tree).getBytes(StandardCharsets.UTF_8), RolloutState.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored rollout that cannot be read is a bug: " + e.getMessage(), e);
        }
    }

    private static void upgrade(ObjectNode state, Collection<Assignment> assigned) {
        switch (state.path("stage").asText()) {
            case "READY" -> absent(state, "approved", false);
            case "PAUSED" -> {
                // Nobody knows who held it: a person, so that nothing but a person goes on.
                absent(state, "byPerson", true);
                upgrade((ObjectNode) state.path("held"), assigned);
            }
            case "CANARY" -> toOffering(state, 0, order(state, assigned));
            case "WAVE" -> toOffering(state, 1, order(state, assigned));
            case "ABORTED" -> {
                if (!state.has("updated")) {
                    state.putArray("updated");
                }
            }
            default -> {
                // As it is today.
            }
        }
    }

    private static void absent(ObjectNode state, String flag, boolean usual) {
        if (!state.has(flag)) {
            state.put(flag, usual);
        }
    }

    private static ArrayNode order(ObjectNode state, Collection<Assignment> assigned) {
        if (state.has("updated")) {
            return (ArrayNode) state.path("updated");
        }
        var order = MAPPER.createArrayNode();
        var canary = state.path("canary").asText();
        order.add(canary);
        var model = state.path("plan").path("model").asText();
        assigned.stream()
                .filter(assignment -> assignment.streams().stream()
                        .anyMatch(stream -> stream.model().value().equals(model)))
                .map(assignment -> assignment.gateway().value())
                .filter(gateway -> !gateway.equals(canary))
                .sorted(Comparator.naturalOrder())
                .forEach(order::add);
        return order;
    }

    private static void toOffering(ObjectNode state, int wave, ArrayNode order) {
        var waves = MAPPER.createObjectNode();
        waves.set("order", order);
        var targets = waves.putArray("targets").add(1);
        if (order.size() > 1) {
            targets.add(order.size());
        }
        waves.putArray("approvals");
        var told = state.path("step").path("at");
        var reached = MAPPER.createObjectNode();
        reached.set("waves", waves);
        reached.put("wave", Math.min(wave, targets.size() - 1)).put("approved", wave);
        reached.set("since", told);
        reached.set("toldAt", told);
        reached.set("marks", state.path("marks"));
        state.put("stage", "OFFERING");
        state.set("reached", reached);
    }
}
