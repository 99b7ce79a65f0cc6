package io.plumbline.benchmarks.rollouts;

import io.plumbline.contract.Topics;
import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** All gateways, on a few threads: each asks for its assignment and beats every {@value #PERIOD_SECONDS} seconds. */
final class Swarm implements AutoCloseable {

    static final int PERIOD_SECONDS = 15;
    private static final int THREADS = 8;

    private final List<Pretended> gateways;
    private final URI fleet;
    private final KafkaProducer<String, byte[]> producer;
    private final List<Thread> threads = new ArrayList<>();
    private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private volatile long rolloutSince = Long.MAX_VALUE;
    private volatile boolean stopped;

    Swarm(List<Pretended> gateways, URI fleet, KafkaProducer<String, byte[]> producer) {
        this.gateways = List.copyOf(gateways);
        this.fleet = fleet;
        this.producer = producer;
    }

    void start() {
        for (int i = 0; i < THREADS; i++) {
            var first = i;
            var thread = new Thread(() -> loop(first), "gateways-" + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    /** From now on the silent are silent. */
    void rolloutBegins() {
        rolloutSince = System.nanoTime();
        requests.set(0);
        nanos.clear();
    }

    long requests() {
        return requests.get();
    }

    long failures() {
        return failures.get();
    }

    /** A quantile of the time that an assignment took, in milliseconds. */
    double millis(double quantile) {
        var sorted = nanos.stream().sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get((int) ((sorted.size() - 1) * quantile)) / 1e6;
    }

    private long seconds() {
        var since = rolloutSince;
        return since == Long.MAX_VALUE
                ? -1
                : Duration.ofNanos(System.nanoTime() - since).toSeconds();
    }

    private void loop(int first) {
        var http = HttpClient.newHttpClient();
        var own = new ArrayList<Pretended>();
        for (int i = first; i < gateways.size(); i += THREADS) {
            own.add(gateways.get(i));
        }
        while (!stopped) {
            var begin = System.nanoTime();
            for (int i = 0; i < own.size() && !stopped; i++) {
                pace(begin, i, own.size());
                if (own.get(i).isThere(seconds())) {
                    poll(http, own.get(i));
                }
            }
            pace(begin, own.size(), own.size());
        }
    }

    /** Spread evenly over the period. */
    private static void pace(long begin, int done, int all) {
        var due = begin + Duration.ofSeconds(PERIOD_SECONDS).toNanos() / Math.max(1, all) * done;
        var wait = due - System.nanoTime();
        if (wait > 0) {
            java.util.concurrent.locks.LockSupport.parkNanos(wait);
        }
    }

    private void poll(HttpClient http, Pretended gateway) {
        var request = HttpRequest.newBuilder(fleet.resolve("/api/v1/gateways/" + gateway.id() + "/assignment"))
                .header("If-None-Match", "\"" + gateway.generation() + "\"")
                .timeout(Duration.ofSeconds(20))
                .build();
        var begin = System.nanoTime();
        try {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            requests.incrementAndGet();
            nanos.add(System.nanoTime() - begin);
            if (answer.statusCode() == 200) {
                gateway.take(Json.decode(answer.body(), Assignment.class)).forEach(this::say);
            } else if (answer.statusCode() != 304) {
                failures.incrementAndGet();
            }
            say(gateway.beat());
        } catch (IOException e) {
            failures.incrementAndGet();
        } catch (InterruptedException e) {
            stopped = true;
        }
    }

    private void say(GatewayEvent event) {
        producer.send(
                new ProducerRecord<>(Topics.GATEWAY_EVENTS, event.gateway().value(), Json.encode(event)));
    }

    @Override
    public void close() throws InterruptedException {
        stopped = true;
        for (var thread : threads) {
            thread.join(Duration.ofSeconds(30).toMillis());
        }
    }
}
