package io.plumbline.drift;

import io.plumbline.contract.artifact.ReferenceProfile;
import io.plumbline.contract.message.ClassAgreement;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.LabelScore;
import io.plumbline.contract.message.SensorFault;
import io.plumbline.contract.message.SensorFault.Kind;
import io.plumbline.contract.message.TensorClipping;
import io.plumbline.contract.wire.Counts;
import io.plumbline.drift.horizon.AnswerCounts;
import io.plumbline.drift.horizon.FeatureCounts;
import io.plumbline.drift.horizon.HorizonStats;
import io.plumbline.drift.horizon.HorizonWindows;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Statistics that stuck sensors have left. Sums do not say which of their counts came from which device, so everything that
 * the stuck readings can account for is taken out: as many clipped windows, disagreements, errors, and values in the fullest
 * bins as those readings can have caused. A change that is still there is not the sensors' work. Readings that were refused, and
 * those of silent devices, never were in the statistics.
 */
final class WithoutFaults {

    /* Steps in which values leave the fullest bins. */
    private static final int STEPS = 256;

    private final HorizonStats stats;
    private final Map<String, Long> stuckByFeature;
    private final double share;

    WithoutFaults(HorizonStats stats, List<SensorFault> shown) {
        this.stats = stats;
        var stuck = shown.stream().filter(f -> f.kind() == Kind.STUCK).toList();
        this.stuckByFeature = stuck.stream()
                .collect(Collectors.groupingBy(SensorFault::feature, Collectors.summingLong(SensorFault::count)));
        this.share = stats.readings() == 0 ? 0 : Math.min(1, (double) readings(stuck) / stats.readings());
    }

    /** A device whose sensors are stuck together has each reading counted once for each of them. */
    private static long readings(List<SensorFault> stuck) {
        var byDevice = stuck.stream()
                .collect(Collectors.groupingBy(
                        SensorFault::device,
                        Collectors.mapping(SensorFault::count, Collectors.reducing(0L, Math::max))));
        return byDevice.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The same windows with less in their sum; a sensor may have been as broken before the horizon. */
    HorizonWindows of(HorizonWindows windows, Optional<Reference> reference) {
        return new HorizonWindows(
                windows.each(),
                stats(reference),
                windows.earlier().stream().map(this::withoutUnsure).toList());
    }

    private HorizonStats stats(Optional<Reference> reference) {
        Map<String, ReferenceProfile.Feature> features =
                reference.map(r -> r.profile().features()).orElse(List.of()).stream()
                        .collect(Collectors.toMap(
                                ReferenceProfile.Feature::name, Function.identity(), (one, same) -> one));
        return new HorizonStats(
                stats.readings(),
                stats.predictions(),
                fidelity(stats.fidelity()),
                stats.features().stream()
                        .map(f -> without(f, Optional.ofNullable(features.get(f.feature()))))
                        .toList(),
                stats.latency(),
                stats.faults(),
                stats.confidence()
                        .map(sketches -> sketches.stream().map(this::without).toList()));
    }

    Truth truth(Truth truth) {
        return new Truth(labels(truth.labels()), truth.scores());
    }

    private List<LabelScore> labels(List<LabelScore> labels) {
        var most = caused(labels.stream().mapToLong(LabelScore::labelled).sum());
        return labels.stream()
                .map(l -> new LabelScore(
                        l.label(),
                        l.labelled() - Math.min(most, l.labelled() - l.correct()),
                        l.correct(),
                        l.predicted() - Math.min(most, l.predicted() - l.correct())))
                .toList();
    }

    private long caused(long of) {
        return (long) Math.ceil(share * of);
    }

    private Fidelity fidelity(Fidelity all) {
        var most = caused(all.compared());
        return new Fidelity(
                all.classes().stream().map(c -> without(c, most)).toList(),
                all.sumAbsoluteDelta(),
                all.clipping().stream().map(this::without).toList());
    }

    private static ClassAgreement without(ClassAgreement c, long most) {
        return new ClassAgreement(c.label(), c.compared() - Math.min(most, c.compared() - c.agreed()), c.agreed());
    }

    private TensorClipping without(TensorClipping t) {
        var windows = caused(t.windows());
        return new TensorClipping(
                t.tensor(),
                t.windows() - windows,
                Math.min(t.windows() - windows, Math.max(0, t.clippedWindows() - windows)),
                t.values(),
                t.clippedValues());
    }

    private AnswerCounts without(AnswerCounts answers) {
        return new AnswerCounts(answers.label(), withoutUnsure(answers.bins()));
    }

    /** The least sure answers leave. */
    private Counts withoutUnsure(Counts answers) {
        var bins = answers.toArray();
        var left = caused(answers.total());
        for (int bin = 0; bin < bins.length && left > 0; bin++) {
            var step = Math.min(left, bins[bin]);
            bins[bin] -= step;
            left -= step;
        }
        return new Counts(bins);
    }

    /** Values leave the bin that is fullest beside the reference, a few at a time. */
    private FeatureCounts without(FeatureCounts sketch, Optional<ReferenceProfile.Feature> feature) {
        var leaving = Math.min(stuckByFeature.getOrDefault(sketch.feature(), 0L), sketch.count());
        var comparable = feature.filter(f -> f.bins().size() == sketch.bins().size());
        if (leaving == 0 || comparable.isEmpty()) {
            return sketch;
        }
        var usual = comparable.get().bins();
        var bins = sketch.bins().toArray();
        for (var left = leaving; left > 0; ) {
            var fullest = fullest(bins, usual);
            var step = Math.min(Math.min(left, bins[fullest]), 1 + leaving / STEPS);
            bins[fullest] -= step;
            left -= step;
        }
        return new FeatureCounts(sketch.feature(), new Counts(bins), sketch.notFinite());
    }

    private static int fullest(long[] bins, Counts usual) {
        var fullest = 0;
        for (int i = 1; i < bins.length; i++) {
            if (bins[i] * (usual.get(fullest) + 0.5) > bins[fullest] * (usual.get(i) + 0.5)) {
                fullest = i;
            }
        }
        return fullest;
    }
}
