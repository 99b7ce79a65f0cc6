package io.plumbline.registry.adapter.http;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** HTTP and disk are real; the channels stay in memory. */
public class WithoutKafka implements QuarkusTestProfile {

    private static final List<String> INCOMING =
            List.of("recalibrations", "calibration-answers", "gateway-events", "rollouts");
    private static final List<String> OUTGOING = List.of("calibration-tasks", "recalibration-outcomes");

    @Override
    public Map<String, String> getConfigOverrides() {
        var overrides = new HashMap<String, String>();
        INCOMING.forEach(
                channel -> overrides.put("mp.messaging.incoming." + channel + ".connector", "smallrye-in-memory"));
        OUTGOING.forEach(
                channel -> overrides.put("mp.messaging.outgoing." + channel + ".connector", "smallrye-in-memory"));
        overrides.put("quarkus.http.test-port", "0");
        return overrides;
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(DataFolder.class));
    }
}
