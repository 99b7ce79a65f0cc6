package io.plumbline.benchmarks;

import io.plumbline.cli.topic.TopicReader;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToIntFunction;

/** From an MQTT publish to the moment Kafka has the result, at a fixed rate, open loop. */
final class Latency {

    private static final int WINDOWS = 5;
    private static final int PATIENCE = 6_000;
    /** The broker cuts its time to milliseconds. */
    private static final long HALF_A_MILLISECOND = 500_000;

    private final AtomicLongArray published;
    private final AtomicLongArray arrived;
    private final AtomicInteger missing;

    private Latency(int messages) {
        this.published = new AtomicLongArray(messages);
        this.arrived = new AtomicLongArray(messages);
        this.missing = new AtomicInteger(messages);
    }

    /** What counts as there. */
    enum Moment {
        /** The broker's own time of the append, in milliseconds. */
        APPENDED,
        /** A reader has it. */
        COMMITTED
    }

    /**
     * Whose results, where.
     *
     * @param number the reading's number in the load, from the value of a result
     */
    record Way(String site, String topic, Moment moment, ToIntFunction<byte[]> number) {}

    /** @param name of the two figures, p50 and p99 in milliseconds */
    static void measure(Rig rig, Way way, double perSecond, int messages, Figures figures, String name)
            throws Exception {
        var latency = new Latency(messages);
        try (var load = rig.connectLoad("load-latency")) {
            if (way.moment == Moment.APPENDED) {
                latency.appended(rig, way, () -> latency.publish(load, way.site(), perSecond));
            } else {
                latency.committed(rig, way, () -> latency.publish(load, way.site(), perSecond));
            }
        }
        latency.windows(figures, name);
    }

    private interface Publishing {
        void run() throws Exception;
    }

    private void appended(Rig rig, Way way, Publishing publishing) throws Exception {
        rig.stampAppends(way.topic());
        try (var appends = Appends.fromNow(rig.kafka(), way.topic())) {
            var sinceEpoch = ChronoUnit.NANOS.between(Instant.EPOCH, Instant.now()) - System.nanoTime();
            publishing.run();
            appends.read(
                    record -> arrived(
                            way.number().applyAsInt(record.value()),
                            TimeUnit.MILLISECONDS.toNanos(record.timestamp()) + HALF_A_MILLISECOND - sinceEpoch),
                    () -> missing.get() == 0);
        }
    }

    private void committed(Rig rig, Way way, Publishing publishing) throws Exception {
        try (var reader = TopicReader.fromNow(
                rig.kafka(),
                way.topic(),
                TopicReader.Isolation.COMMITTED,
                record -> arrived(way.number().applyAsInt(record.value()), System.nanoTime()))) {
            publishing.run();
            awaitAll();
        }
    }

    private void arrived(int number, long nanos) {
        if (number < arrived.length() && arrived.compareAndSet(number, 0, nanos)) {
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
