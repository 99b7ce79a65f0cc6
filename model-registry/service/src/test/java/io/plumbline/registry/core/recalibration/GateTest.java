package io.plumbline.registry.core.recalibration;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.message.CandidateScore;
import io.plumbline.contract.message.ClassAgreement;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.LatencyHistogram;
import io.plumbline.contract.message.TensorClipping;
import java.util.List;
import org.junit.jupiter.api.Test;

class GateTest {

    private final Gate gate = new Gate(GatePolicy.DEFAULT);
    private final CandidateScore running = score(0, 200, 2.0, 90, 200);

    @Test
    void theFirstThatPassesIsTakenEvenIfALaterOneIsNearerToFp32() {
        var first = score(1, 200, 0.5, 0, 200);
        var nearer = score(2, 200, 0.1, 0, 200);
        var decision = gate.decide(running, List.of(first, nearer));
        assertThat(decision.candidate()).contains(first.build());
        assertThat(decision.because()).contains("0.00250 instead of 0.01000").contains("clips 0.0 % of 200");
    }

    @Test
    void aCandidateThatStillClipsIsPassedOver() {
        var clips = score(1, 200, 0.1, 11, 200);
        var good = score(2, 200, 0.1, 10, 200);
        assertThat(gate.decide(running, List.of(clips, good)).candidate()).contains(good.build());
    }

    @Test
    void aCandidateThatIsHardlyNearerIsRefusedWithTheNumbers() {
        var decision = gate.decide(running, List.of(score(1, 200, 1.01, 0, 200)));
        assertThat(decision.candidate()).isEmpty();
        assertThat(decision.because())
                .isEqualTo("no candidate is better: r1: differs from FP32 by 0.00505, the running build by 0.01000, "
                        + "and at most 0.50 of that is allowed");
    }

    @Test
    void aCandidateThatLosesARareClassIsRefusedHoweverNearItIs() {
        var loses = new CandidateScore(
                digest(1),
                "r1",
                200,
                new Fidelity(
                        List.of(new ClassAgreement("normal", 170, 170), new ClassAgreement("event", 30, 20)),
                        0.1,
                        List.of(new TensorClipping("act0", 200, 0, 200, 0))),
                LatencyHistogram.EMPTY);
        var before = new CandidateScore(
                digest(0),
                "r0",
                200,
                new Fidelity(
                        List.of(new ClassAgreement("normal", 170, 170), new ClassAgreement("event", 30, 27)),
                        2.0,
                        List.of(new TensorClipping("act0", 200, 90, 200, 90))),
                LatencyHistogram.EMPTY);
        assertThat(gate.decide(before, List.of(loses)).because())
                .contains("agrees on 'event' in 0.6667, the running build in 0.9000");
    }

    @Test
    void tooLittleEvidenceIsNeverAPass() {
        assertThat(gate.decide(score(0, 63, 2.0, 30, 63), List.of(score(1, 63, 0, 0, 63)))
                        .candidate())
                .isEmpty();
        assertThat(gate.decide(running, List.of(score(1, 100, 0, 0, 100))).candidate())
                .isEmpty();
        assertThat(gate.decide(running, List.of()).because()).isEqualTo("there is no candidate");
    }

    private static CandidateScore score(int id, long windows, double delta, long clipped, long agreed) {
        return new CandidateScore(
                digest(id),
                "r" + id,
                windows,
                new Fidelity(
                        List.of(new ClassAgreement("normal", windows, agreed)),
                        delta,
                        List.of(new TensorClipping("act0", windows, clipped, windows, clipped))),
                LatencyHistogram.EMPTY);
    }

    private static Digest digest(int id) {
        return Digest.of(new byte[] {(byte) id});
    }
}
