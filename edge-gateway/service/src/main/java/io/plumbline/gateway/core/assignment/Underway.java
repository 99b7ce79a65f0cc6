package io.plumbline.gateway.core.assignment;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.BuildStep;
import io.plumbline.contract.message.GatewayEvent;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** How far the builds are that are to run and do not yet. Thread-safe. */
final class Underway {

    private final Map<Digest, GatewayEvent.Underway> builds = new ConcurrentHashMap<>();

    void at(ModelName model, Digest build, BuildStep step) {
        builds.put(build, new GatewayEvent.Underway(model, build, step));
    }

    /** Where it is on its way. */
    void at(Digest build, BuildStep step) {
        builds.computeIfPresent(build, (same, one) -> new GatewayEvent.Underway(one.model(), build, step));
    }

    /** It runs, or will not. */
    void end(Digest build) {
        builds.remove(build);
    }

    /** The others are not asked for any more. */
    void retain(Set<Digest> wanted) {
        builds.keySet().retainAll(wanted);
    }

    List<GatewayEvent.Underway> all() {
        return builds.values().stream()
                .sorted(Comparator.comparing(one -> one.build().value()))
                .toList();
    }
}
