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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** What a build's gateways have compared with FP32, by site. Not thread-safe. */
final class Arm {

    /** Above it, so many coins are one draw of the normal distribution. */
    private static final int MANY = 60;
    /** Answers of a site that are timed in a minute, at most. */
    private static final int TIMED = 20;

    private static final double USUAL_NANOS = 2_000_000;
    private static final double SPREAD = 0.4;

    private final ModelName model;
    private final Digest build;
    private final long[] compared;
    private final long[] agreed;
    private final long[][] latencies;
    private final double slowness;

    /** @param slowness how many times as long as usual its answers take */
    Arm(ModelName model, Digest build, int sites, double slowness) {
        this.model = model;
        this.build = build;
        this.compared = new long[sites];
        this.agreed = new long[sites];
        this.latencies = new long[sites][LatencyHistogram.EMPTY.bins().size()];
        this.slowness = slowness;
    }

    /** @param share of the inputs on which it agrees */
    void add(int site, int inputs, double share, SplittableRandom random) {
        compared[site] += inputs;
        agreed[site] += draw(inputs, share, random);
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
        for (int i = 0; i < compared.length; i++) {
            if (compared[i] > 0) {
                all.add(health(sites.get(i), i, to));
            }
        }
        return all;
    }

    private ModelHealth health(SiteId site, int index, Instant to) {
        return new ModelHealth(
                new Cohort(model, build, build, site),
                PureFleet.BEGIN.minusSeconds(1),
                to,
                compared[index],
                new Fidelity(List.of(new ClassAgreement("any", compared[index], agreed[index])), 0, List.of()),
                List.of(),
                new LatencyHistogram(new Counts(latencies[index])),
                Verdict.STABLE,
                List.of(),
                Optional.empty());
    }
}
