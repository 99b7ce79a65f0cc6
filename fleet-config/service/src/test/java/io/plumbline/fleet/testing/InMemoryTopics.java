package io.plumbline.fleet.testing;

import io.plumbline.support.Scratch;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The service with topics in memory, a database of its own, and no patience. */
public final class InMemoryTopics implements QuarkusTestResourceLifecycleManager {

    private Optional<Scratch> scratch = Optional.empty();

    @Override
    public Map<String, String> start() {
        var mine = Scratch.of("fleet-test");
        scratch = Optional.of(mine);
        var settings = new HashMap<>(InMemoryConnector.switchIncomingChannelsToInMemory(
                "gateway-events", "model-health", "verdicts", "recalibrations"));
        settings.putAll(
                InMemoryConnector.switchOutgoingChannelsToInMemory("rollouts", "assignments", "policies", "alerts"));
        settings.put("plumbline.fleet.data-dir", mine.folder().toString());
        settings.put("plumbline.fleet.silent-after", "PT2S");
        settings.put("plumbline.fleet.look-every", "PT0.02S");
        settings.put("quarkus.http.test-port", "0");
        return settings;
    }

    @Override
    public void stop() {
        InMemoryConnector.clear();
        scratch.ifPresent(Scratch::close);
    }
}
