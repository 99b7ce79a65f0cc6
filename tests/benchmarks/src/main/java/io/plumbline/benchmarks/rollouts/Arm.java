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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** What a build's gateways have compared with FP32, by site. Not thread-safe. */
final class Arm {

    /** Above it, so many coins are one draw of the normal distribution. */
    private static final int MANY = 60;

    private final ModelName model;
    private final Digest build;
    private final long[] compared;
    private final long[] agreed;

    Arm(ModelName model, Digest build, int sites) {
        this.model = model;
        this.build = build;
        this.compared = new long[sites];
        this.agreed = new long[sites];
    }

    /** @param share of the inputs on which it agrees */
    void add(int site, int inputs, double share, SplittableRandom random) {
        compared[site] += inputs;
        agreed[site] += draw(inputs, share, random);
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
                LatencyHistogram.EMPTY,
                Verdict.STABLE,
                List.of(),
                Optional.empty());
    }
}
