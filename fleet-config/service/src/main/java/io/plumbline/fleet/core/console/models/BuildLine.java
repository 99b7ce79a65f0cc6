package io.plumbline.fleet.core.console.models;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.LabelScore;
import io.plumbline.contract.message.LatencyHistogram;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.message.Verdict;
import io.plumbline.fleet.core.console.Wording;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A build beside its FP32 version.
 *
 * @param recipe how it was made; empty where the registry says nothing
 * @param sizeBytes 0 where that is not known
 * @param fp32Bytes the same of its version; 0 where that is not known
 * @param calibration digest of what it was calibrated on; empty where the recipe needs nothing
 * @param parent the build it was recalibrated from
 * @param settled whether it is what the model runs when no rollout is under way
 * @param gateways that are to run it
 * @param health what is heard of it, on every site
 */
public record BuildLine(
        Digest build,
        String recipe,
        long sizeBytes,
        long fp32Bytes,
        Optional<Instant> created,
        Optional<Digest> calibration,
        Optional<Digest> parent,
        boolean settled,
        int gateways,
        List<ModelHealth> health) {

    public BuildLine {
        health = List.copyOf(health);
    }

    /** Of the sites on which it runs, the worst. */
    public Optional<Verdict> worst() {
        return health.stream().map(ModelHealth::verdict).max(Comparator.comparingInt(Wording::urgency));
    }

    public Fidelity fidelity() {
        return health.stream().map(ModelHealth::fidelity).reduce(Fidelity.NONE, Fidelity::plus);
    }

    public long labelled() {
        return labels().mapToLong(LabelScore::labelled).sum();
    }

    public long correct() {
        return labels().mapToLong(LabelScore::correct).sum();
    }

    private Stream<LabelScore> labels() {
        return health.stream().flatMap(one -> one.labels().stream());
    }

    /** Half of the answers are faster; a dash where none was timed. */
    public String median() {
        return latency(0.5);
    }

    /** 95 of 100 answers are faster. */
    public String p95() {
        return latency(0.95);
    }

    private String latency(double quantile) {
        var all = health.stream().map(ModelHealth::latency).reduce(LatencyHistogram.EMPTY, LatencyHistogram::plus);
        return all.count() == 0 ? "–" : String.format(Locale.ROOT, "%.2f ms", all.quantileNanos(quantile) / 1e6);
    }

    public String size() {
        return Sizes.inWords(sizeBytes);
    }

    /** Of the FP32 file; empty where one of the two is not known. */
    public String sizeRatio() {
        return sizeBytes > 0 && fp32Bytes > 0
                ? String.format(Locale.ROOT, "%.2f of FP32", (double) sizeBytes / fp32Bytes)
                : "";
    }
}
