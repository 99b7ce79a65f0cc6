package io.plumbline.registry.core.recalibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.message.CandidateScore;
import io.plumbline.contract.message.ClassAgreement;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.LabelledAccuracy;
import io.plumbline.contract.message.LatencyHistogram;
import io.plumbline.contract.message.PairedDeltas;
import io.plumbline.contract.message.PromisedAccuracy;
import io.plumbline.contract.message.TensorClipping;
import io.plumbline.contract.wire.Counts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GateTest {

    private static final GatewayId NORTH = new GatewayId("north-1");
    private static final GatewayId SOUTH = new GatewayId("south-1");
    private static final int WINDOWS = 200;
    private static final long FAST = 100_000;
    private static final long MODEL_BYTES = 50_000;

    private final Gate gate = new Gate(GatePolicy.DEFAULT);
    private final double[] running = deltas(WINDOWS, 0.01);

    @Test
    void theFirstThatPassesIsTakenEvenIfALaterOneIsNearerToFp32() {
        var decision = decide(score(1, deltas(WINDOWS, 0.0025)), score(2, deltas(WINDOWS, 0.0005)));
        assertThat(decision.candidate()).contains(digest(1));
        assertThat(decision.because())
                .startsWith("PASS, r1 differs from FP32 by 0.00250 instead of 0.01000, ")
                .contains("at most 0.50 of it at 95 % confidence (over it by -0.0")
                .contains("clips 0.0 % of 200");
    }

    @Test
    void aCandidateThatStillClipsIsPassedOver() {
        var clips = score(1, deltas(WINDOWS, 0.001), 30, FAST);
        var good = score(2, deltas(WINDOWS, 0.001), 2, FAST);
        assertThat(decide(clips, good).candidate()).contains(digest(2));
        assertThat(decide(clips).because())
                .contains("r1: FAIL, clips 0.150 of the windows (0.113 to 0.196), at most 0.050");
    }

    @Test
    void ofImagesTheClippedValuesCountAndNotTheFramesThatHaveOne() {
        var some = frames(1, 200);
        var many = frames(2, 1_300_000);
        assertThat(decide(some).because()).startsWith("PASS, ").contains("clips 0.0 % of the values in 200 holdout");
        assertThat(decide(many).because()).contains("r2: FAIL, clips 0.065 of the values of a tensor, at most 0.050");
    }

    @Test
    void aShareAtTheLimitIsNotShownToBeWithinIt() {
        assertThat(decide(score(1, deltas(WINDOWS, 0.001), 10, FAST)).because())
                .contains("r1: INCONCLUSIVE, clips 0.050 of the windows");
    }

    @Test
    void aCandidateThatIsHardlyNearerIsRefusedWithTheNumbers() {
        assertThat(decide(score(1, deltas(WINDOWS, 0.00505))).because())
                .startsWith(
                        "no candidate is better: r1: FAIL, differs from FP32 by 0.00505, the running build by 0.01000, "
                                + "and at most 0.50 of that is allowed");
    }

    @Test
    void aBetterMeanThatAFewWindowsCarryIsNotProven() {
        // Given: half the distance on average, and more than half on every third window
        var uneven = new double[WINDOWS];
        for (int i = 0; i < WINDOWS; i++) {
            uneven[i] = i % 3 == 0 ? 0.0146 : 0;
        }

        // Then
        assertThat(uneven).satisfies(all -> assertThat(mean(all)).isLessThan(0.5 * mean(running)));
        assertThat(decide(score(1, uneven)).because()).contains("r1: INCONCLUSIVE, differs from FP32");
    }

    /** At the very edge of the rule, a bare mean would pass every second candidate. */
    @Test
    void ofThreeCandidatesThatBarelyBreakTheRuleOnePassesInFiveOfAHundredTriesAtMost() {
        var random = new Random(7);
        var passed = 0;
        var tries = 1_000;
        for (int i = 0; i < tries; i++) {
            var hard = new double[WINDOWS];
            var candidates = new double[3][WINDOWS];
            for (int w = 0; w < WINDOWS; w++) {
                hard[w] = 0.02 * random.nextDouble();
                for (var one : candidates) {
                    one[w] = Math.max(0, hard[w] / 2 + 0.004 * random.nextGaussian() + 1e-5);
                }
            }
            var decision = decide(
                    hard, score(1, hard, candidates[0]), score(2, hard, candidates[1]), score(3, hard, candidates[2]));
            passed += decision.candidate().isPresent() ? 1 : 0;
        }
        assertThat(passed).isLessThanOrEqualTo(tries / 20);
    }

    @Test
    void aCandidateThatLosesARareClassIsRefusedHoweverNearItIs() {
        var loses = classes(1, 0.001, new ClassAgreement("event", 30, 10));
        var doubtful = classes(2, 0.001, new ClassAgreement("event", 30, 25));
        var before = classes(0, 0.01, new ClassAgreement("event", 30, 27));
        var scores = new Scores(Map.of(NORTH, List.of(before, loses, doubtful)));
        assertThat(gate.decide(digest(0), List.of(digest(1), digest(2)), scores).because())
                .contains("r1: FAIL, agrees on 'event' in 0.3333 of 30, the running build in 0.9000")
                .contains("r2: INCONCLUSIVE, agrees on 'event' in 0.8333 of 30");
    }

    @Test
    void aCandidateThatIsWorseOnOneGatewayFailsHoweverGoodItIsOnTheOthers() {
        var better = deltas(WINDOWS, 0.001);
        var worse = deltas(20, 0.02);
        var scores = new Scores(Map.of(
                NORTH, List.of(score(0, running), score(1, better)),
                SOUTH, List.of(score(0, deltas(20, 0.01)), score(1, deltas(20, 0.01), worse))));
        assertThat(gate.decide(digest(0), List.of(digest(1)), scores).because())
                .contains("r1: FAIL, on gateway south-1 it differs from FP32 by 0.02000, the running build by 0.01000");
    }

    @Test
    void aCandidateThatIsMuchSlowerIsRefused() {
        assertThat(decide(score(1, deltas(WINDOWS, 0.001), 0, 5 * FAST)).because())
                .contains("r1: FAIL, takes ", "at most 2.0 times that is allowed");
    }

    @Test
    void aCandidateOfWhichConfidencePromisesLessFailsAndTheReportSaysWhatIsPromised() {
        var worse = promising(1, promised(WINDOWS, 0.85, 0.9));
        var equal = promising(2, promised(WINDOWS, 0.895, 0.9));
        assertThat(decide(worse).because())
                .contains(
                        "r1: FAIL, FP32's confidence promises 0.8500 right answers, of the running build 0.9000, and 0.0100"
                                + " less is allowed (-0.0500 to -0.0500 more)");
        assertThat(decide(worse, equal).candidate()).contains(digest(2));
        assertThat(decide(equal).because())
                .endsWith(
                        "; FP32's confidence promises 0.8950 right answers instead of 0.9000, of its own 0.9500;"
                                + " accuracy by labels is not evaluable, since 0 holdout windows have one and 30 would say something");
    }

    @Test
    void whatAFewWindowsPromiseIsNotShown() {
        // Given: nothing lost on average, but on every tenth window much, and as much gained on another
        var promised = PromisedAccuracy.NONE;
        for (int i = 0; i < WINDOWS; i++) {
            promised = promised.with(i % 10 == 0 ? 0.5 : 0.9, i % 10 == 5 ? 0.5 : 0.9, 0.95);
        }

        // Then
        assertThat(promised.right()).isCloseTo(promised.running(), within(1e-9));
        assertThat(decide(promising(1, promised)).because())
                .contains(
                        "r1: INCONCLUSIVE, FP32's confidence promises 0.8600 right answers, of the running build 0.8600");
    }

    /** At the very edge of the rule, a bare mean would pass every second candidate. */
    @Test
    void ofCandidatesThatBarelyLoseTooMuchAboutOneInTwentyPasses() {
        var random = new Random(11);
        var passed = 0;
        var tries = 1_000;
        for (int i = 0; i < tries; i++) {
            var promised = PromisedAccuracy.NONE;
            for (int w = 0; w < WINDOWS; w++) {
                var loss = GatePolicy.DEFAULT.promisedLoss() + 1e-5 + 0.05 * random.nextGaussian();
                promised = promised.with(Math.min(1, Math.max(0, 0.6 - loss)), 0.6, 0.9);
            }
            passed += decide(promising(1, promised)).candidate().isPresent() ? 1 : 0;
        }
        assertThat(passed).isBetween(tries / 40, tries / 14);
    }

    @Test
    void whereAModelGivesNoProbabilitiesItIsSaidAndWhereAGatewayTellsAPartItIsOpen() {
        assertThat(decide(promising(1, PromisedAccuracy.NONE)).because())
                .startsWith("PASS, ")
                .contains("; FP32's confidence is not evaluable, since the model gives no probabilities; ");
        assertThat(decide(promising(1, promised(WINDOWS - 1, 0.9, 0.9))).because())
                .contains("r1: INCONCLUSIVE, FP32's confidence promises something on 199 of 200 windows alone");
        assertThat(decide(told(1, Optional.empty(), Optional.of(MODEL_BYTES))).because())
                .contains("r1: INCONCLUSIVE, a gateway does not tell what FP32's confidence promises");
    }

    @Test
    void aCandidateThatTakesMuchMoreMemoryFailsAndOneOfUnknownSizeIsOpen() {
        var sure = Optional.of(promised(WINDOWS, 0.9, 0.9));
        assertThat(decide(told(1, sure, Optional.of(MODEL_BYTES * 3 / 2))).candidate())
                .contains(digest(1));
        assertThat(decide(told(1, sure, Optional.of(MODEL_BYTES * 3 / 2 + 1))).because())
                .contains(
                        "r1: FAIL, its model has 75001 bytes, the running build's 50000, and at most 1.5 times that is"
                                + " allowed");
        assertThat(decide(told(1, sure, Optional.empty())).because())
                .contains("r1: INCONCLUSIVE, a gateway does not tell how large the models are");
    }

    @Test
    void tooLittleEvidenceIsNeverAPass() {
        var few = deltas(63, 0.01);
        assertThat(decide(few, score(1, few, deltas(63, 0))).because()).contains("r1: INCONCLUSIVE, scored on 63");
        assertThat(decide().because()).isEqualTo("there is no candidate");
    }

    @Test
    void aGatewayOfAnOlderVersionLeavesItOpen() {
        var scores = new Scores(Map.of(
                NORTH, List.of(score(0, running), score(1, deltas(WINDOWS, 0.001))),
                SOUTH, List.of(unpaired(0, 0.01), unpaired(1, 0.001))));
        assertThat(gate.decide(digest(0), List.of(digest(1)), scores).because())
                .contains("r1: INCONCLUSIVE, a gateway does not tell how windows vary");
    }

    private Gate.Decision decide(CandidateScore... candidates) {
        return decide(running, candidates);
    }

    private Gate.Decision decide(double[] before, CandidateScore... candidates) {
        var all = new ArrayList<>(List.of(score(0, before, before)));
        all.addAll(List.of(candidates));
        var digests = all.stream().skip(1).map(CandidateScore::build).toList();
        return gate.decide(digest(0), digests, new Scores(new HashMap<>(Map.of(NORTH, all))));
    }

    private CandidateScore score(int id, double[] deltas) {
        return score(id, deltas, 0, FAST);
    }

    private CandidateScore score(int id, double[] deltas, long clipped, long nanos) {
        return score(id, running, deltas, clipped, nanos);
    }

    private static CandidateScore score(int id, double[] running, double[] deltas) {
        return score(id, running, deltas, 0, FAST);
    }

    private static CandidateScore score(int id, double[] running, double[] deltas, long clipped, long nanos) {
        var paired = PairedDeltas.NONE;
        var sum = 0.0;
        for (int i = 0; i < deltas.length; i++) {
            paired = paired.with(deltas[i], running[i]);
            sum += deltas[i];
        }
        var windows = deltas.length;
        return new CandidateScore(
                digest(id),
                "r" + id,
                windows,
                new Fidelity(
                        List.of(new ClassAgreement("normal", windows, windows)),
                        sum,
                        List.of(new TensorClipping("act0", windows, clipped, windows, clipped))),
                latency(windows, nanos),
                Optional.of(paired),
                Optional.of(promised(windows, 0.9, 0.9)),
                Optional.of(MODEL_BYTES),
                Optional.of(LabelledAccuracy.NONE));
    }

    /** Every frame has a value beyond a range. */
    private CandidateScore frames(int id, long clippedValues) {
        var made = score(id, deltas(WINDOWS, 0.001));
        var pixels = new TensorClipping("image", WINDOWS, WINDOWS, 100_000L * WINDOWS, clippedValues);
        var fidelity = new Fidelity(made.fidelity().classes(), made.fidelity().sumAbsoluteDelta(), List.of(pixels));
        return with(made, fidelity);
    }

    private CandidateScore classes(int id, double delta, ClassAgreement one) {
        var made = score(id, deltas(WINDOWS, delta));
        var fidelity = new Fidelity(
                List.of(new ClassAgreement("normal", 170, 170), one),
                made.fidelity().sumAbsoluteDelta(),
                made.fidelity().clipping());
        return with(made, fidelity);
    }

    private static CandidateScore with(CandidateScore made, Fidelity fidelity) {
        return new CandidateScore(
                made.build(),
                made.recipe(),
                made.windows(),
                fidelity,
                made.latency(),
                made.paired(),
                made.promised(),
                made.modelBytes(),
                made.labelled());
    }

    private CandidateScore unpaired(int id, double delta) {
        var made = score(id, deltas(WINDOWS, delta));
        return new CandidateScore(
                made.build(),
                made.recipe(),
                made.windows(),
                made.fidelity(),
                made.latency(),
                Optional.empty(),
                made.promised(),
                made.modelBytes(),
                made.labelled());
    }

    private CandidateScore told(int id, Optional<PromisedAccuracy> promised, Optional<Long> modelBytes) {
        var made = score(id, deltas(WINDOWS, 0.001));
        return new CandidateScore(
                made.build(),
                made.recipe(),
                made.windows(),
                made.fidelity(),
                made.latency(),
                made.paired(),
                promised,
                modelBytes,
                made.labelled());
    }

    private CandidateScore promising(int id, PromisedAccuracy promised) {
        return told(id, Optional.of(promised), Optional.of(MODEL_BYTES));
    }

    /** On every window the same. */
    private static PromisedAccuracy promised(int windows, double candidate, double running) {
        var promised = PromisedAccuracy.NONE;
        for (int i = 0; i < windows; i++) {
            promised = promised.with(candidate, running, 0.95);
        }
        return promised;
    }

    private static LatencyHistogram latency(long windows, long nanos) {
        var bins = new long[LatencyHistogram.BINS];
        bins[LatencyHistogram.binOf(nanos)] = windows;
        return new LatencyHistogram(new Counts(bins));
    }

    /** As long as wanted, and with that mean exactly, a tenth of it up or down. */
    private static double[] deltas(int windows, double mean) {
        var deltas = new double[windows];
        for (int i = 0; i < windows; i++) {
            deltas[i] = mean * (windows % 2 == 1 && i == windows - 1 ? 1 : i % 2 == 0 ? 0.9 : 1.1);
        }
        return deltas;
    }

    private static double mean(double[] values) {
        return java.util.Arrays.stream(values).average().orElseThrow();
    }

    private static Digest digest(int id) {
        return Digest.of(new byte[] {(byte) id});
    }
}
