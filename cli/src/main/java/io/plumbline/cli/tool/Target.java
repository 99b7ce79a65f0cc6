package io.plumbline.cli.tool;

import io.plumbline.cli.lab.ToolException;
import io.plumbline.quantizer.StaticOptions.Activation;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The processors that a build is made for.
 *
 * @see <a href="https://onnxruntime.ai/docs/performance/model-optimizations/quantization.html">ONNX Runtime, quantization,
 *     "When and why do I need to try U8U8?"</a>
 */
enum Target {
    /** Sums of unsigned by signed bytes in 32 bits. */
    X64_VNNI(Activation.UINT8, false),
    /** Such sums in 16 bits, which do not overflow with weights of 7 bits. */
    X64(Activation.UINT8, true),
    /** Signed by signed bytes. */
    ARM64(Activation.INT8, false),
    /** What is exact everywhere. */
    ANY(Activation.UINT8, true);

    private final Activation activation;
    private final boolean reduceRange;

    Target(Activation activation, boolean reduceRange) {
        this.activation = activation;
        this.reduceRange = reduceRange;
    }

    Activation activation() {
        return activation;
    }

    boolean reduceRange() {
        return reduceRange;
    }

    /** As a person writes it. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Target named(String word) throws ToolException {
        return Arrays.stream(values())
                .filter(target -> target.word().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> new ToolException("--target " + word + " must be one of "
                        + Arrays.stream(values()).map(Target::word).collect(Collectors.joining(", "))));
    }
}
