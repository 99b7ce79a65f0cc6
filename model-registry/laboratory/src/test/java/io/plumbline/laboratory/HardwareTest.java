package io.plumbline.laboratory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HardwareTest {

    @Test
    void theFlagsOfTheProcessorSayWhetherItHasVnni() {
        assertThat(Hardware.describe("amd64", List.of("processor : 0", "flags\t\t: fpu avx2 avx512_vnni")))
                .isEqualTo("x64 with VNNI");
        assertThat(Hardware.describe("amd64", List.of("flags : fpu avx2 avx_vnni")))
                .isEqualTo("x64 with VNNI");
        assertThat(Hardware.describe("amd64", List.of("flags : fpu avx2"))).isEqualTo("x64 without VNNI");
        assertThat(Hardware.describe("amd64", List.of())).isEqualTo("x64, with VNNI or without is not known");
        assertThat(Hardware.describe("aarch64", List.of())).isEqualTo("ARM64");
    }
}
