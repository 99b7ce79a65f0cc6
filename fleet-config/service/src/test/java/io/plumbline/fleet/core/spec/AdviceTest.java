package io.plumbline.fleet.core.spec;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.fleet.testing.Fleets;
import org.junit.jupiter.api.Test;

class AdviceTest {

    private static final String CAMERAS = """
            sites:
              north: {gateways: [gw-north], devices: [door]}
            models:
              doors: {build: "%1$s"%2$s}
            streams:
              door: {topic: "sites/{site}/cameras/{device}/jpeg", model: doors, shadowShare: 0, statsWindow: PT5M, frames: latest%3$s}
            rollout: {soak: PT10M}
            """;

    @Test
    void aModelOfCamerasThatIsJudgedWithinADayIsNamedWithTheWayOut() {
        assertThat(Advice.of(Fleets.parse(CAMERAS.formatted(BASELINE, "", ""))))
                .containsExactly(
                        "model 'doors' sees cameras, and a wave of its rollouts is judged after PT10M: what it does at"
                                + " night nobody knows by then; models.doors.rollout.soak: P1D waits for a day and a night");
        assertThat(Advice.of(Fleets.parse(CAMERAS.formatted(BASELINE, ", rollout: {soak: P1D}", ""))))
                .isEmpty();
    }

    @Test
    void aStreamWithFp32BesideItMayRehearse() {
        var sensors = CAMERAS.formatted(BASELINE, ", rollout: {soak: P1D}", "%s")
                .replace("shadowShare: 0,", "shadowShare: 0.5,");
        assertThat(Advice.of(Fleets.parse(sensors.formatted(""))))
                .containsExactly("a new build on stream 'door' takes over without a rehearsal beside the one that runs;"
                        + " streams.door.rehearsal: {} asks for one");
        assertThat(Advice.of(Fleets.parse(sensors.formatted(", rehearsal: {}"))))
                .isEmpty();
    }
}
