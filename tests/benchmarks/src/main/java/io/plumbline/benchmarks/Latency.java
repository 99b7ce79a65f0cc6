package io.plumbline.benchmarks;

import io.plumbline.cli.client.TopicReader;
import io.plumbline.contract.Topics;
import io.plumbline.contract.message.InferenceResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** From MQTT publish to visible in Kafka (committed), at a fixed rate, open loop. */
final class Latency {

    private static final int WINDOWS = 5;

    private Latency() {}

    static void measure(Rig rig, double perSecond, int messages, Figures figures) throws Exception {
        rig.startGateway();
        Map<String, Long> published = new ConcurrentHashMap<>();
        Map<String, Long> latencies = new ConcurrentHashMap<>();
        try (var reader = TopicReader.fromNow(rig.kafka(), List.of(Topics.RESULTS), record -> {
                    var result = InferenceResult.from(record.value());
                    var at = published.get(result.event().value());
                    if (at != null) {
                        latencies.put(result.event().value(), System.nanoTime() - at);
                    }
                });
                var load = Load.connect(rig.mqttUrl(), "load-latency")) {
            var order = publish(load, perSecond, messages, published);
            awaitAll(latencies, messages);
            windows(order, latencies, figures);
        } finally {
            rig.stopGateway();
        }
    }

    private static List<String> publish(Load load, double perSecond, int messages, Map<String, Long> published)
            throws Exception {
        var order = new ArrayList<String>(messages);
        var start = System.nanoTime();
        for (int i = 0; i < messages; i++) {
            var due = start + (long) (i / perSecond * 1e9);
            while (System.nanoTime() < due) {
                Thread.onSpinWait();
            }
            var event = load.nextEvent();
            published.put(event, System.nanoTime());
            order.add(event);
            load.send();
        }
        return order;
    }

    private static void awaitAll(Map<String, Long> latencies, int messages) throws IOException, InterruptedException {
        for (int i = 0; latencies.size() < messages; i++) {
            if (i > 6_000) {
                throw new IOException("only " + latencies.size() + " of " + messages + " results arrived");
            }
            Thread.sleep(10);
        }
    }

    private static void windows(List<String> order, Map<String, Long> latencies, Figures figures) {
        var size = order.size() / (WINDOWS + 1);
        for (int window = 1; window <= WINDOWS; window++) { // the first one warms up
            var sorted = order.subList(window * size, (window + 1) * size).stream()
                    .mapToLong(event -> latencies.getOrDefault(event, Long.MAX_VALUE))
                    .toArray();
            Arrays.sort(sorted);
            figures.add("p50MillisHalfLoad", sorted[sorted.length / 2] / 1e6);
            figures.add("p99MillisHalfLoad", sorted[sorted.length * 99 / 100] / 1e6);
        }
    }
}
