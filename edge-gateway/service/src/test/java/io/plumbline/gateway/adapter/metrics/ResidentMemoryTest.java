package io.plumbline.gateway.adapter.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResidentMemoryTest {

    @Test
    void isReadWhereTheSystemTellsIt() {
        assertThat(ResidentMemory.of(List.of("Name:\tjava", "VmRSS:\t  123456 kB", "Threads:\t9")))
                .contains(123456L * 1024);
        assertThat(ResidentMemory.of(List.of("VmRSS: much"))).isEmpty();
        assertThat(ResidentMemory.of(List.of())).isEmpty();
        assertThat(ResidentMemory.bytes().isPresent()).isEqualTo(Files.exists(Path.of("/proc/self/status")));
    }
}
