package io.plumbline.benchmarks.rollouts;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.ClassAgreement;
import io.plumbline.contract.message.Cohort;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.LatencyHistogram;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.message.Verdict;
import io.plumbline.contract.wire.Counts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * What a build's gateways have compared with FP32, by site, minute by minute. Its health is what the processor tells: the window of the last half
 * hour, and the total. Not thread-safe.
 */
final class Arm {

    /** Above it, so many coins are one draw of the normal distribution. */
    private static final int MANY = 60;
    /** Answers of a site that are timed in a minute, at most. */
    private static final int TIMED = 20;

    /** Minutes that the processor looks back by default. */
    private static final int HORIZON = 30;

    private static final double USUAL_NANOS = 2_000_000;
    private static final double SPREAD = 0.4;

    private final ModelName model;
    private final Digest build;
    private final Counted[] total;
    private final Deque<Counted[]> horizon = new ArrayDeque<>();
    private final long[][] latencies;
    private final double slowness;

    /** @param slowness how many times as long as usual its answers take */
    Arm(ModelName model, Digest build, int sites, double slowness) {
        this.model = model;
        this.build = build;
        this.total = none(sites);
        this.horizon.add(none(sites));
        this.latencies = new long[sites][LatencyHistogram.EMPTY.bins().size()];
        this.slowness = slowness;
    }

    /** On one site. */
    private record Counted(long compared, long agreed) {

        Counted plus(Counted other) {
            return new Counted(compared + other.compared, agreed + other.agreed);
        }

        Fidelity fidelity() {
            return new Fidelity(List.of(new ClassAgreement("any", compared, agreed)), 0, List.of());
        }
    }

    private static Counted[] none(int sites) {
        var all = new Counted[sites];
        Arrays.fill(all, new Counted(0, 0));
        return all;
    }

    /** What is added from now on is of another minute. */
    void minute() {
        horizon.add(none(total.length));
        if (horizon.size() > HORIZON) {
            horizon.remove();
        }
    }

    /** @param share of the inputs on which it agrees */
    void add(int site, int inputs, double share, SplittableRandom random) {
        var drawn = new Counted(inputs, draw(inputs, share, random));
        total[site] = total[site].plus(drawn);
        var minute = horizon.getLast();
        minute[site] = minute[site].plus(drawn);
        for (int i = 0; i < Math.min(inputs, TIMED); i++) {
            var nanos = USUAL_NANOS * slowness * Math.exp(SPREAD * random.nextGaussian());
            latencies[site][LatencyHistogram.binOf(Math.round(nanos))]++;
        }
    }

    private static long draw(int inputs, double share, SplittableRandom random) {
        var misses = 1 - share;
        if (inputs * misses * share > MANY) {
            var drawn = Math.round(inputs * misses + random.nextGaussian() * Math.sqrt(inputs * misses * share));
            return inputs - Math.max(0, Math.min(inputs, drawn));
        }
        var hits = 0;
        for (int i = 0; i < inputs; i++) {
            hits += random.nextDouble() < share ? 1 : 0;
        }
        return hits;
    }

    /** One for every site on which anything was compared. */
    List<ModelHealth> healths(List<SiteId> sites, Instant to) {
        var all = new ArrayList<ModelHealth>();
        for (int i = 0; i < total.length; i++) {
            if (total[i].compared() > 0) {
                all.add(health(sites.get(i), i, to));
            }
        }
        return all;
    }

    private ModelHealth health(SiteId site, int index, Instant to) {
        var window = horizon.stream().map(minute -> minute[index]).reduce(new Counted(0, 0), Counted::plus);
        return new ModelHealth(
                        new Cohort(model, build, build, site),
                        to.minus(Duration.ofMinutes(HORIZON)),
                        to,
                        window.compared(),
                        window.fidelity(),
                        List.of(),
                        new LatencyHistogram(new Counts(latencies[index])),
                        Verdict.STABLE,
                        List.of(),
                        Optional.empty())
                .ofTotal(total[index].fidelity());
    }
}
