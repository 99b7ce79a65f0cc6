package io.plumbline.cli.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import org.junit.jupiter.api.Test;

class FreePortsTest {

    @Test
    void noPortIsGivenTwice() throws LaunchException {
        var given = new HashSet<Integer>();
        for (int i = 0; i < 500; i++) {
            assertThat(given.addAll(FreePorts.take(2))).isTrue();
        }
        assertThat(given).hasSize(1_000);
    }
}
