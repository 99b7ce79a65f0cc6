package io.plumbline.benchmarks.processor;

import io.plumbline.cli.launch.Service;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A processor at work, as its own counters tell. */
record Underway(Service processor, HttpClient http) {

    static final String DELTAS = "plumbline_processor_deltas_total";
    static final String PAIRS = "plumbline_processor_labels_paired_total";

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final long LOOK_MILLIS = 50;
    private static final long MOST_MILLIS = 1_000;

    static Underway of(Service processor) {
        return new Underway(processor, HttpClient.newHttpClient());
    }

    long count(String counter) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(processor.url().resolve("/q/metrics")).build();
        return (long) http.send(request, HttpResponse.BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> line.startsWith(counter + " ") || line.startsWith(counter + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** @throws IOException if it does not get there in time */
    void await(String counter, long value) throws IOException, InterruptedException {
        var begin = System.nanoTime();
        var first = count(counter);
        for (var now = first; now < value; now = count(counter)) {
            var waited = System.nanoTime() - begin;
            if (waited > PATIENCE.toNanos()) {
                throw new IOException(counter + " is " + now + " after " + PATIENCE + ", and must become " + value);
            }
            Thread.sleep(pause(waited / 1e6 / Math.max(1, now - first) * (value - now)));
        }
    }

    /** Looking takes the processor's time: again when half of the rest should be done. */
    private static long pause(double millisLeft) {
        return (long) Math.min(MOST_MILLIS, Math.max(LOOK_MILLIS, millisLeft / 2));
    }

    Duration cpu() {
        return ProcessHandle.of(processor.process().pid())
                .flatMap(handle -> handle.info().totalCpuDuration())
                .orElseThrow(() -> new IllegalStateException("the processor's time is not to be had here"));
    }
}
