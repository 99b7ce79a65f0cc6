package io.plumbline.quantizer.inspect;

import ai.onnx.proto.OnnxMl;
import io.plumbline.quantizer.inspect.Inspection.Obstacle;
import io.plumbline.quantizer.onnx.OnnxModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What ONNX Runtime's CPU kernels and QDQ fusions cannot do, by operator. Sources: the runtime's QDQ selectors and kernels
 * (https://github.com/microsoft/onnxruntime, onnxruntime/core/optimizer/qdq_transformer and onnxruntime/core/mlas).
 */
final class Obstacles {

    private static final int NAMED = 3;
    private static final long PER_CHANNEL_OPSET = 13;
    private static final String STAYS_FLOAT =
            "not fused with the quantization around it on CPUs: it runs in float, with a conversion on each side";
    private static final String INNER = "nodes of its inner graphs are not quantized";
    private static final String NO_KERNEL = "no integer kernel exists: it stays float in every recipe";

    private static final Map<String, String> BY_OPERATOR = Map.ofEntries(
            Map.entry("GRU", NO_KERNEL),
            Map.entry("RNN", NO_KERNEL),
            Map.entry("LSTM", "only a dynamic recipe can quantize it"),
            Map.entry(
                    "ConvInteger",
                    "slower than FP32 on CPUs, far slower with signed weights: quantize convolutions with a static recipe"),
            Map.entry("If", INNER),
            Map.entry("Loop", INNER),
            Map.entry("Scan", INNER),
            Map.entry("LayerNormalization", STAYS_FLOAT),
            Map.entry("Erf", STAYS_FLOAT),
            Map.entry("Gelu", STAYS_FLOAT),
            Map.entry("HardSwish", STAYS_FLOAT),
            Map.entry("HardSigmoid", STAYS_FLOAT),
            Map.entry("Pow", STAYS_FLOAT),
            Map.entry("ReduceMean", STAYS_FLOAT));

    private static final Set<String> KNOWN_DOMAINS = Set.of("", "ai.onnx", "com.microsoft");

    private Obstacles() {}

    static List<Obstacle> of(OnnxModel model) {
        var graph = model.proto().getGraph();
        var constants = constants(graph);
        Map<String, Found> found = new LinkedHashMap<>();
        for (var node : graph.getNodeList()) {
            var operator = Inspector.operator(node);
            reason(node, constants)
                    .ifPresent(because -> found.computeIfAbsent(operator + because, key -> new Found(operator, because))
                            .add(node));
        }
        var obstacles = new ArrayList<Obstacle>();
        if (model.opset() < PER_CHANNEL_OPSET) {
            obstacles.add(new Obstacle(
                    "model",
                    1,
                    List.of(),
                    "operator set " + model.opset()
                            + " has no per-channel DequantizeLinear: a static recipe has to raise" + " it to "
                            + PER_CHANNEL_OPSET));
        }
        var replaceable = graph.getInputList().stream()
                .map(OnnxMl.ValueInfoProto::getName)
                .filter(name -> constants.contains(name) && model.constant(name).isEmpty())
                .toList();
        if (!replaceable.isEmpty()) {
            obstacles.add(
                    new Obstacle(
                            "model",
                            replaceable.size(),
                            replaceable.subList(0, Math.min(NAMED, replaceable.size())),
                            "weights that are inputs too keep the runtime from preparing them: every recipe makes them constants"));
        }
        found.values().forEach(one -> obstacles.add(one.obstacle()));
        return obstacles;
    }

    private static Optional<String> reason(OnnxMl.NodeProto node, Set<String> constants) {
        if (!KNOWN_DOMAINS.contains(node.getDomain())) {
            return Optional.of("ONNX Runtime has no operators of domain '" + node.getDomain()
                    + "' of its own: a device needs the library that brings them");
        }
        return switch (node.getOpType()) {
            case "MatMul" ->
                node.getInputCount() == 2 && !constants.contains(node.getInput(1))
                        ? Optional.of("both factors are computed: it stays float unless a static recipe covers it")
                        : Optional.empty();
            case "Conv", "ConvTranspose" ->
                node.getInputCount() > 1 && !constants.contains(node.getInput(1))
                        ? Optional.of("its weight is computed: it stays float")
                        : Optional.empty();
            default -> Optional.ofNullable(BY_OPERATOR.get(node.getOpType()));
        };
    }

    /** Initializers, constant nodes, and what a DequantizeLinear makes of them. */
    private static Set<String> constants(OnnxMl.GraphProto graph) {
        Set<String> constants = new HashSet<>();
        graph.getInitializerList().forEach(tensor -> constants.add(tensor.getName()));
        for (var node : graph.getNodeList()) {
            var made = node.getOpType().equals("Constant")
                    || (node.getOpType().equals("DequantizeLinear") && constants.contains(node.getInput(0)));
            if (made) {
                constants.addAll(node.getOutputList());
            }
        }
        return constants;
    }

    private static final class Found {
        private final String operator;
        private final String because;
        private final List<String> where = new ArrayList<>();
        private long count;

        private Found(String operator, String because) {
            this.operator = operator;
            this.because = because;
        }

        private void add(OnnxMl.NodeProto node) {
            count++;
            if (where.size() < NAMED) {
                where.add(node.getName().isEmpty() ? node.getOutput(0) : node.getName());
            }
        }

        private Obstacle obstacle() {
            return new Obstacle(operator, count, where, because);
        }
    }
}
