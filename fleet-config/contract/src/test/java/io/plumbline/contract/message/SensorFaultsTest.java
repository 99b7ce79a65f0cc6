package io.plumbline.contract.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.id.DeviceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SensorFaultsTest {

    @Test
    void theSameFaultOfADeviceAddsUpInAnyOrder() {
        // Given
        var one = SensorFaults.of(List.of(stuck(1, 3), stuck(2, 1)), 0);
        var other = SensorFaults.of(List.of(stuck(2, 4)), 1);
        // When
        var sum = one.plus(other);
        // Then
        assertThat(sum.faults()).containsExactlyInAnyOrder(stuck(1, 3), stuck(2, 5));
        assertThat(sum.furtherDevices()).isEqualTo(1);
        assertThat(other.plus(one).faults()).containsExactlyInAnyOrderElementsOf(sum.faults());
    }

    @Test
    void theWorstDevicesAreNamedAndTheRestIsCounted() {
        // Given
        var faults = new ArrayList<SensorFault>();
        for (int device = 1; device <= 40; device++) {
            faults.add(stuck(device, device));
        }
        // When
        var bounded = SensorFaults.of(faults, 0);
        // Then
        assertThat(bounded.faults()).hasSize(SensorFaults.MOST_DEVICES + 1).contains(stuck(40, 40), stuck(25, 25));
        assertThat(bounded.furtherDevices()).isEqualTo(24);
        assertThat(bounded.faults())
                .contains(new SensorFault(Optional.empty(), "humidity", SensorFault.Kind.STUCK, 24 * 25 / 2));
    }

    private static SensorFault stuck(int device, long count) {
        return new SensorFault(Optional.of(new DeviceId("m-" + device)), "humidity", SensorFault.Kind.STUCK, count);
    }
}
