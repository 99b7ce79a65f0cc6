package io.plumbline.registry.core.calibration;

import io.plumbline.contract.artifact.QualityReport.Coverage;
import io.plumbline.contract.message.CalibrationInputs;
import io.plumbline.contract.message.FeatureSketch;
import io.plumbline.contract.message.InputHistogram;
import io.plumbline.contract.message.LabelCount;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How good the windows are that ranges are taken from. A gateway keeps some of what it reads, and may keep the wrong ones: what its builds are
 * judged on comes from the same windows, and does not show it.
 *
 * @param coverage of each feature that the sites tell of, the worst first
 * @param answers of FP32, the most frequent first
 */
public record CalibrationQuality(List<Coverage> coverage, List<LabelCount> answers) {

    /** Of windows that nobody told of. */
    public static final CalibrationQuality UNKNOWN = new CalibrationQuality(List.of(), List.of());

    public CalibrationQuality {
        coverage = List.copyOf(coverage);
        answers = List.copyOf(answers);
    }

    /**
     * @param given by gateways, of their windows; a feature in other bins than the sites' is left out
     * @param live what the sites read
     */
    public static CalibrationQuality of(Collection<CalibrationInputs> given, List<InputHistogram> live) {
        List<Coverage> coverage = new ArrayList<>();
        for (var input : live) {
            merged(given, input).flatMap(sketch -> coverage(sketch, input)).ifPresent(coverage::add);
        }
        coverage.sort(Comparator.comparingDouble(Coverage::overlap).thenComparing(Coverage::feature));
        Map<String, Long> answers = new TreeMap<>();
        given.forEach(one -> one.answers().forEach(answer -> answers.merge(answer.label(), answer.count(), Long::sum)));
        return new CalibrationQuality(
                coverage,
                answers.entrySet().stream()
                        .map(entry -> new LabelCount(entry.getKey(), entry.getValue()))
                        .sorted(Comparator.comparingLong(LabelCount::count).reversed())
                        .toList());
    }

    private static Optional<FeatureSketch> merged(Collection<CalibrationInputs> given, InputHistogram input) {
        return given.stream()
                .flatMap(one -> one.features().stream())
                .filter(sketch -> sketch.feature().equals(input.feature())
                        && sketch.bins().size() == input.current().size())
                .reduce(FeatureSketch::plus);
    }

    private static Optional<Coverage> coverage(FeatureSketch windows, InputHistogram live) {
        var most = live.current().total();
        if (most == 0 || windows.count() == 0) {
            return Optional.empty();
        }
        var overlap = 0.0;
        var unseen = 0L;
        for (int bin = 0; bin < live.current().size(); bin++) {
            var there = (double) live.current().get(bin) / most;
            var here = (double) windows.bins().get(bin) / windows.count();
            overlap += Math.min(there, here);
            unseen += windows.bins().get(bin) == 0 ? live.current().get(bin) : 0;
        }
        return Optional.of(
                new Coverage(live.feature(), windows.count(), most, Math.min(1, overlap), (double) unseen / most));
    }
}
