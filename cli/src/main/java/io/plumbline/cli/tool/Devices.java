package io.plumbline.cli.tool;

import io.plumbline.laboratory.Hardware;
import io.plumbline.quantizer.auto.Recipe.Method;
import java.util.List;

/** Which processors a build is right for, and why. */
final class Devices {

    private Devices() {}

    /**
     * One line for each kind of processor, then one that says which kind this is.
     *
     * @param reduceRange weights of 7 bits
     * @param signed signed activations, where the recipe has activations of bytes
     */
    static List<String> lines(Method method, boolean reduceRange, boolean signed) {
        var here = "this machine: " + Hardware.describe();
        return switch (method) {
            case FP16 ->
                List.of(
                        "x64: runs, slower than FP32; there are no half precision kernels, casts surround every operator",
                        "ARM64: fast where the processor has half precision arithmetic",
                        here);
            case INT8_WEIGHTS, INT4_WEIGHTS ->
                List.of("x64 and ARM64: right; weights are multiplied in blocks, with sums that do not overflow", here);
            case DYNAMIC -> List.of("x64 with VNNI: right; 32-bit sums", narrow(reduceRange), arm(true), here);
            case STATIC ->
                List.of(
                        "x64 with VNNI: right; 32-bit sums"
                                + (signed ? ", signed activations are made unsigned at load" : ""),
                        narrow(reduceRange),
                        arm(signed),
                        here);
            case RECALIBRATE -> List.of("right for the processors that the build it comes from is right for", here);
            case QAT_IMPORT ->
                List.of(
                        "x64 with VNNI and ARM64: right; 32-bit sums",
                        "x64 without VNNI: 16-bit sums may saturate unless it was trained with weights of 7 bits",
                        here);
        };
    }

    private static String narrow(boolean reduceRange) {
        return "x64 without VNNI: "
                + (reduceRange
                        ? "right; with weights of 7 bits its 16-bit sums do not overflow"
                        : "not exact; 16-bit sums may saturate, --target x64 avoids it");
    }

    private static String arm(boolean best) {
        return "ARM64: right"
                + (best ? "" : "; --target arm64 may be faster, its kernels multiply signed by signed bytes");
    }
}
