package io.plumbline.laboratory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessorTest {

    @Test
    void theFlagsOfTheProcessorSayWhetherItHasVnni() {
        assertThat(Processor.describe("amd64", List.of("processor : 0", "flags\t\t: fpu avx2 avx512_vnni")))
                .isEqualTo("x64 with VNNI");
        assertThat(Processor.describe("amd64", List.of("flags : fpu avx2 avx_vnni")))
                .isEqualTo("x64 with VNNI");
        assertThat(Processor.describe("amd64", List.of("flags : fpu avx2"))).isEqualTo("x64 without VNNI");
        assertThat(Processor.describe("amd64", List.of())).isEqualTo("x64, with VNNI or without is not known");
        assertThat(Processor.describe("aarch64", List.of())).isEqualTo("ARM64");
    }
}
