package io.plumbline.laboratory;

import io.plumbline.inference.InferenceEngine;
import io.plumbline.inference.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Times models side by side: in every round each runs for the same stretch of wall time, one after the other, so that
 * whatever else the machine does meets all of them. The first round warms up and does not count.
 */
public final class Stopwatch {

    private static final long ROUND_NANOS = 100_000_000;

    private final int rounds;

    public Stopwatch(int rounds) {
        this.rounds = rounds;
    }

    /**
     * How long one call takes.
     *
     * @param medianMillis over all calls
     * @param p95Millis over all calls
     */
    public record Timing(double medianMillis, double p95Millis, long calls) {

        public double perSecond() {
            return 1000 / medianMillis;
        }
    }

    /** In the order of the engines. */
    public List<Timing> time(List<? extends InferenceEngine> engines, List<Map<String, Tensor>> samples) {
        var calls = engines.stream().map(engine -> new ArrayList<Long>()).toList();
        for (int round = 0; round <= rounds; round++) {
            for (int i = 0; i < engines.size(); i++) {
                var nanos = round(engines.get(i), samples);
                if (round > 0) {
                    calls.get(i).addAll(nanos);
                }
            }
        }
        return calls.stream().map(Stopwatch::timing).toList();
    }

    private static List<Long> round(InferenceEngine engine, List<Map<String, Tensor>> samples) {
        var nanos = new ArrayList<Long>();
        var end = System.nanoTime() + ROUND_NANOS;
        for (int call = 0; nanos.isEmpty() || System.nanoTime() < end; call++) {
            var start = System.nanoTime();
            engine.run(samples.get(call % samples.size()));
            nanos.add(System.nanoTime() - start);
        }
        return nanos;
    }

    private static Timing timing(List<Long> nanos) {
        var sorted = nanos.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return new Timing(sorted[sorted.length / 2] / 1e6, sorted[(int) (sorted.length * 0.95)] / 1e6, sorted.length);
    }
}
