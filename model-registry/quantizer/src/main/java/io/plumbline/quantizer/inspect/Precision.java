package io.plumbline.quantizer.inspect;

import java.util.Map;
import java.util.Set;

/** One word for how a model computes. */
final class Precision {

    /** What stays float beside quantized weights: biases, norms. */
    private static final double MOSTLY = 0.5;

    private Precision() {}

    static String of(Set<String> operators, Map<String, Long> weightBytes) {
        var dynamic = operators.contains("DynamicQuantizeLinear")
                || operators.contains("MatMulInteger")
                || operators.contains("ConvInteger")
                || operators.contains("com.microsoft:DynamicQuantizeLSTM");
        var fixed = operators.contains("QuantizeLinear") || operators.contains("QLinearConv");
        var weightOnly = operators.contains("com.microsoft:MatMulNBits");
        if ((dynamic ? 1 : 0) + (fixed ? 1 : 0) + (weightOnly ? 1 : 0) > 1) {
            return "mixed";
        }
        if (dynamic) {
            return "int8-dynamic";
        }
        if (fixed) {
            return "int8-static";
        }
        if (weightOnly) {
            return "weight-only";
        }
        long total = weightBytes.values().stream().mapToLong(Long::longValue).sum();
        return weightBytes.getOrDefault("float16", 0L) > MOSTLY * total ? "fp16" : "fp32";
    }
}
