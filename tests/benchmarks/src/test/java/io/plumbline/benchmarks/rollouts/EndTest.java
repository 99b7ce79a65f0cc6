package io.plumbline.benchmarks.rollouts;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.id.Digest;
import io.plumbline.rollout.evidence.DeviceState;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndTest {

    private static final Digest BASELINE = Digest.of(new byte[] {1});
    private static final Digest CANDIDATE = Digest.of(new byte[] {2});

    @ParameterizedTest
    @CsvSource({
        "FLAPPING, SILENT, 41, true, true",
        "FLAPPING, SILENT, 41, false, true",
        "FLAPPING, SILENT, 40, true, false",
        "FLAPPING, SILENT, 5, false, false",
        "FLAPPING, ACTIVE, 5, true, true",
        "FLAPPING, ACTIVE, 5, false, false",
        "FLAPPING, ASSIGNED, 5, false, false",
        "FLAPPING, REJECTED, 41, true, false",
        "WELL, ACTIVE, 5, true, true",
        "WELL, ACTIVE, 5, false, false",
        "WELL, SILENT, 41, true, false",
        "SILENT, SILENT, 90, false, true",
        "SILENT, ACTIVE, 90, true, false",
        "FAILING, REJECTED, 5, false, true",
        "FAILING, REJECTED, 5, true, false",
        "FAILING, SILENT, 41, false, false"
    })
    void isJudgedByWhatTheGatewayDid(Habit habit, DeviceState state, long quiet, boolean candidate, boolean right) {
        // Given
        var end = new End(state, Duration.ofSeconds(quiet), Optional.of(candidate ? CANDIDATE : BASELINE));
        // Then
        assertThat(end.isRight(habit, CANDIDATE, Duration.ofSeconds(40))).isEqualTo(right);
    }
}
