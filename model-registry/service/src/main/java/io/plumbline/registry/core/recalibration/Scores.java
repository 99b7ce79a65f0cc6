package io.plumbline.registry.core.recalibration;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.message.CandidateScore;
import io.plumbline.contract.message.ClassAgreement;
import io.plumbline.contract.message.LabelledAccuracy;
import io.plumbline.contract.message.PairedDeltas;
import io.plumbline.contract.message.PromisedAccuracy;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/** What gateways say of the running build and of candidates, each of the same builds on windows of its own. Immutable. */
public final class Scores {

    /** That a detector finds in one image, of FP32's and of the build's together. */
    private static final int MOST_BOXES = 1000;

    /** More than anything is counted; the counts of thousands of gateways add up without an overflow. */
    private static final long MOST_COUNTED = 1L << 36;

    /** More than distances of any unit add up to, and their squares; likewise. */
    private static final double MOST_IN_A_SUM = 1e100;

    private final Map<GatewayId, List<CandidateScore>> gateways;
    private final Map<Digest, CandidateScore> totals;

    public Scores(Map<GatewayId, List<CandidateScore>> gateways) {
        this.gateways = Map.copyOf(gateways);
        this.totals = sum(this.gateways.values());
    }

    private static Map<Digest, CandidateScore> sum(Collection<List<CandidateScore>> answers) {
        Map<Digest, CandidateScore> totals = new LinkedHashMap<>();
        answers.forEach(scores -> scores.forEach(score -> totals.merge(score.build(), score, CandidateScore::plus)));
        return totals;
    }

    /**
     * Why nobody can have counted this: whoever says more than he was asked for would outweigh all others.
     *
     * @param asked builds that it was to score, each once
     * @param maxWindows that a gateway was to use at most
     */
    static Optional<String> impossible(List<CandidateScore> scores, List<Digest> asked, int maxWindows) {
        var builds = scores.stream().map(CandidateScore::build).toList();
        if (!asked.containsAll(builds) || Set.copyOf(builds).size() < builds.size()) {
            return Optional.of("scored builds that it was not asked for, or one of them more than once");
        }
        return scores.stream()
                .flatMap(score -> impossible(score, maxWindows).stream())
                .findFirst();
    }

    private static Optional<String> impossible(CandidateScore score, int maxWindows) {
        var windows = score.windows();
        if (windows > maxWindows) {
            return Optional.of("says that it scored " + windows + " windows of " + maxWindows + " at most");
        }
        var counted = counted(score);
        var sum = sum(score);
        if (counted > MOST_COUNTED || !(sum <= MOST_IN_A_SUM)) {
            return Optional.of(
                    "says that " + windows + " windows came to counts of " + counted + " and sums of " + sum);
        }
        var promised = score.promised().map(PromisedAccuracy::windows).orElse(0L);
        var labelled = score.labelled().map(LabelledAccuracy::windows).orElse(0L);
        var answers = score.fidelity().compared();
        // a classifier answers once for each window, and a detector promises nothing
        var most = promised > 0 ? windows : windows * MOST_BOXES;
        if (promised > windows || labelled > windows || answers > most) {
            return Optional.of("says that " + Math.max(answers, Math.max(promised, labelled)) + " answers came of "
                    + windows + " windows");
        }
        return Optional.empty();
    }

    /** The largest of all counts of a score, before anything is added to them. */
    private static long counted(CandidateScore score) {
        var fidelity = score.fidelity();
        var agreed = fidelity.classes().stream().mapToLong(ClassAgreement::compared);
        var clipped = fidelity.clipping().stream().flatMapToLong(one -> LongStream.of(one.windows(), one.values()));
        var timed = Arrays.stream(score.latency().bins().toArray());
        return LongStream.concat(LongStream.concat(agreed, clipped), timed)
                .max()
                .orElse(0);
    }

    /** The largest of all sums of a score; not a number where one is not. */
    private static double sum(CandidateScore score) {
        var paired = score.paired().orElse(PairedDeltas.NONE);
        return DoubleStream.of(
                        score.fidelity().sumAbsoluteDelta(),
                        paired.squares(),
                        paired.runningSum(),
                        paired.runningSquares(),
                        paired.products())
                .map(Math::abs)
                .max()
                .orElse(0);
    }

    /** A build on the windows of all gateways together. */
    public Optional<CandidateScore> total(Digest build) {
        return Optional.ofNullable(totals.get(build));
    }

    /** Every build on the windows of all gateways together. */
    public List<CandidateScore> totals() {
        return List.copyOf(totals.values());
    }

    /** A build on the windows of each gateway, in the order of their names. */
    Map<GatewayId, CandidateScore> apart(Digest build) {
        var apart = new TreeMap<GatewayId, CandidateScore>(Comparator.comparing(GatewayId::value));
        gateways.forEach((gateway, scores) -> scores.stream()
                .filter(score -> score.build().equals(build))
                .findFirst()
                .ifPresent(score -> apart.put(gateway, score)));
        return apart;
    }
}
