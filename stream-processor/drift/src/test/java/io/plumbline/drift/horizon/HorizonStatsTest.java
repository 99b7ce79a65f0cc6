package io.plumbline.drift.horizon;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.message.ClassAgreement;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.LabelCount;
import io.plumbline.contract.message.LatencyHistogram;
import io.plumbline.contract.message.TensorClipping;
import io.plumbline.contract.wire.Counts;
import java.util.List;
import org.junit.jupiter.api.Test;

class HorizonStatsTest {

    private static final HorizonStats ONE = stats(60, new Counts(10, 50), 3);
    private static final HorizonStats TWO = stats(40, new Counts(30, 10), 5);

    @Test
    void addsEveryPart() {
        var sum = ONE.plus(TWO);

        assertThat(sum.readings()).isEqualTo(100);
        assertThat(sum.predictions()).containsExactly(new LabelCount("normal", 92), new LabelCount("event", 8));
        assertThat(sum.fidelity().compared()).isEqualTo(100);
        assertThat(sum.fidelity().clipping()).containsExactly(new TensorClipping("x", 100, 8, 3200, 8));
        assertThat(sum.features().get(0).bins()).isEqualTo(new Counts(40, 60));
        assertThat(sum.latency().count()).isEqualTo(2);
    }

    @Test
    void theOrderOfAddingDoesNotMatter() {
        assertThat(ONE.plus(TWO)).isEqualTo(TWO.plus(ONE));
        assertThat(ONE.plus(HorizonStats.NONE)).isEqualTo(ONE);
        assertThat(HorizonStats.NONE.plus(ONE)).isEqualTo(ONE);
    }

    @Test
    void sketchesThatCannotBeAddedLeaveTheLargerSample() {
        var broken = stats(7, new Counts(1, 2, 4), 0);

        assertThat(ONE.plus(broken).features().get(0).bins()).isEqualTo(new Counts(10, 50));
        assertThat(broken.plus(ONE).features().get(0).bins()).isEqualTo(new Counts(10, 50));
    }

    private static HorizonStats stats(long readings, Counts bins, long events) {
        var latency = new long[LatencyHistogram.BINS];
        latency[20] = 1;
        return new HorizonStats(
                readings,
                List.of(new LabelCount("normal", readings - events), new LabelCount("event", events)),
                new Fidelity(
                        List.of(new ClassAgreement("normal", readings, readings)),
                        1,
                        List.of(new TensorClipping("x", readings, events, 32 * readings, events))),
                List.of(new FeatureCounts("humidity", bins, 0)),
                new LatencyHistogram(new Counts(latency)));
    }
}
