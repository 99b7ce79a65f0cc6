package io.plumbline.processor.topology;

import static io.plumbline.processor.topology.Given.NORTH;
import static io.plumbline.processor.topology.Given.STALE;
import static io.plumbline.processor.topology.Given.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.message.SensorFault;
import io.plumbline.contract.message.SensorFault.Kind;
import io.plumbline.contract.message.SensorFaults;
import io.plumbline.contract.message.StatsDelta;
import io.plumbline.contract.message.Verdict;
import io.plumbline.contract.message.VerdictEvent;
import io.plumbline.contract.message.VerdictEvent.Carrier;
import io.plumbline.contract.message.VerdictEvent.Carrier.Part;
import io.plumbline.contract.wire.Json;
import io.plumbline.judging.cohort.WindowState;
import io.plumbline.judging.policy.JudgingPolicy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SensorFaultTopologyTest {

    private Bench bench;

    @BeforeEach
    void open() {
        bench = new Bench();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void aStuckMoteWhoseWindowsClipIsASensorFaultAndNoRecalibrationIsAskedFor() {
        // Given: a third of the windows clips, and the readings of one mote, a third of all, are stuck
        for (int w = 0; w < 8; w++) {
            bench.send(stuck(w));
        }

        // Then
        assertThat(bench.verdicts()).singleElement().satisfies(event -> {
            assertThat(event.verdict()).isEqualTo(Verdict.SENSOR_FAULT);
            assertThat(event.because()).startsWith("humidity of device 'north-1' is stuck in ");
            assertThat(event.carriers().orElseThrow())
                    .startsWith(new Carrier(Part.DEVICE, "north-1"), new Carrier(Part.FEATURE, "humidity"));
            assertThat(event.horizon())
                    .contains(new VerdictEvent.Horizon(
                            window(2).minus(JudgingPolicy.DEFAULT.evaluation().horizon()), window(2), 480, 240, 0));
        });
        assertThat(bench.requests()).isEmpty();
        assertThat(bench.health().verdict()).isEqualTo(Verdict.SENSOR_FAULT);
    }

    @Test
    void theSameWindowsWithoutTheFaultAskForRecalibration() {
        for (int w = 0; w < 8; w++) {
            var delta = stuck(w);
            bench.send(new StatsDelta(
                    delta.key(),
                    delta.readings(),
                    delta.predictions(),
                    delta.fidelity(),
                    delta.features(),
                    delta.latency()));
        }

        assertThat(bench.verdicts()).extracting(VerdictEvent::verdict).containsExactly(Verdict.CALIBRATION_STALE);
        assertThat(bench.requests()).hasSize(1);
    }

    @Test
    void windowsKeptBeforeFaultsWereToldAreReadAsWithoutFaults() {
        var before = "{\"seen\":[],\"stats\":{\"readings\":7,\"predictions\":[],\"fidelity\":{\"classes\":[],"
                + "\"sumAbsoluteDelta\":0.0,\"clipping\":[]},\"features\":[],\"latency\":{\"bins\":"
                + List.of(WindowState.EMPTY.stats().latency().bins().toString()).get(0) + "}}}";

        var state = Json.decode(before.getBytes(StandardCharsets.UTF_8), WindowState.class);

        assertThat(state.stats().readings()).isEqualTo(7);
        assertThat(state.stats().faults()).isEmpty();
    }

    private static StatsDelta stuck(int window) {
        var usual = Given.quiet(STALE, NORTH, window);
        var clipping = Given.fidelity(120, 120, 0, 0, 40);
        var fault = new SensorFault(Optional.of(new DeviceId("north-1")), "humidity", Kind.STUCK, 80);
        return new StatsDelta(
                usual.key(),
                usual.readings(),
                usual.predictions(),
                clipping,
                usual.features(),
                usual.latency(),
                SensorFaults.of(List.of(fault), 0),
                List.of());
    }
}
