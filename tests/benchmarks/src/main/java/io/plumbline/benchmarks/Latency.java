package io.plumbline.benchmarks;

import io.plumbline.cli.client.TopicReader;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToIntFunction;

/** From an MQTT publish to the moment a reader of the topic has the result, at a fixed rate, open loop. */
final class Latency {

    private static final int WINDOWS = 5;
    private static final int PATIENCE = 6_000;

    private final AtomicLongArray published;
    private final AtomicLongArray arrived;
    private final AtomicInteger missing;

    private Latency(int messages) {
        this.published = new AtomicLongArray(messages);
        this.arrived = new AtomicLongArray(messages);
        this.missing = new AtomicInteger(messages);
    }

    /**
     * Whose results, where.
     *
     * @param number the reading's number in the load, from the value of a result
     */
    record Way(String site, String topic, TopicReader.Isolation isolation, ToIntFunction<byte[]> number) {}

    /** @param name of the two figures, p50 and p99 in milliseconds */
    static void measure(Rig rig, Way way, double perSecond, int messages, Figures figures, String name)
            throws Exception {
        var latency = new Latency(messages);
        try (var load = rig.connectLoad("load-latency");
                var reader = TopicReader.fromNow(
                        rig.kafka(),
                        way.topic(),
                        way.isolation(),
                        record -> latency.arrived(way.number().applyAsInt(record.value())))) {
            latency.publish(load, way.site(), perSecond);
            latency.awaitAll();
        }
        latency.windows(figures, name);
    }

    private void arrived(int number) {
        if (number < arrived.length() && arrived.compareAndSet(number, 0, System.nanoTime())) {
            missing.decrementAndGet();
        }
    }

    private void publish(Load load, String site, double perSecond) throws Exception {
        var start = System.nanoTime();
        for (int i = 0; i < published.length(); i++) {
            var due = start + (long) (i / perSecond * 1e9);
            for (var early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
                LockSupport.parkNanos(early);
            }
            published.set(i, due); // not when it was sent: a generator that falls behind counts as delay
            load.send(site);
        }
    }

    private void awaitAll() throws IOException, InterruptedException {
        for (int i = 0; missing.get() > 0; i++) {
            if (i > PATIENCE) {
                throw new IOException(missing.get() + " of " + published.length() + " results have not arrived");
            }
            Thread.sleep(10);
        }
    }

    private void windows(Figures figures, String name) {
        var size = published.length() / (WINDOWS + 1);
        for (int window = 1; window <= WINDOWS; window++) { // the first one warms up
            var sorted = new long[size];
            for (int i = 0; i < size; i++) {
                sorted[i] = arrived.get(window * size + i) - published.get(window * size + i);
            }
            Arrays.sort(sorted);
            figures.add("p50" + name, sorted[size / 2] / 1e6);
            figures.add("p99" + name, sorted[size * 99 / 100] / 1e6);
        }
    }
}
