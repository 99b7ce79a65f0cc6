package io.plumbline.cli.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MachineTest {

    @Test
    void theFlagsOfTheProcessorSayWhetherItHasVnni() {
        assertThat(Machine.describe("amd64", List.of("processor : 0", "flags\t\t: fpu avx2 avx512_vnni")))
                .isEqualTo("x64 with VNNI");
        assertThat(Machine.describe("amd64", List.of("flags : fpu avx2 avx_vnni")))
                .isEqualTo("x64 with VNNI");
        assertThat(Machine.describe("amd64", List.of("flags : fpu avx2"))).isEqualTo("x64 without VNNI");
        assertThat(Machine.describe("amd64", List.of())).isEqualTo("x64, with VNNI or without is not known");
        assertThat(Machine.describe("aarch64", List.of())).isEqualTo("ARM64");
    }
}
