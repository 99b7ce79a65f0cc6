package io.plumbline.fleet.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;

/** The service with topics in memory, a database of its own, and no patience. */
public final class InMemoryTopics implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        var settings = new HashMap<>(InMemoryConnector.switchIncomingChannelsToInMemory(
                "gateway-events", "model-health", "verdicts", "recalibrations"));
        settings.putAll(
                InMemoryConnector.switchOutgoingChannelsToInMemory("rollouts", "assignments", "policies", "alerts"));
        settings.put("plumbline.fleet.data-dir", folder());
        settings.put("plumbline.fleet.silent-after", "PT2S");
        settings.put("plumbline.fleet.look-every", "PT0.02S");
        settings.put("quarkus.http.test-port", "0");
        return settings;
    }

    @Override
    public void stop() {
        InMemoryConnector.clear();
    }

    private static String folder() {
        try {
            return Files.createTempDirectory("fleet-test").toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
