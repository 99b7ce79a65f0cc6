package io.plumbline.quantizer.fuzz;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Damages models: blindly, byte by byte, or knowingly, so that they still parse and lie. The same seed damages alike. */
final class Mutation {

    private static final long[] DIMENSIONS = {-1, 0, 1, 2, 3, 1L << 31, 1L << 40, Long.MAX_VALUE};
    private static final List<String> OPERATORS = List.of(
            "MatMul",
            "Gemm",
            "Gather",
            "Conv",
            "QuantizeLinear",
            "DequantizeLinear",
            "Constant",
            "Clip",
            "Add",
            "If",
            "Resize",
            "TopK",
            "Cast",
            "Reshape",
            "LSTM",
            "Attention",
            "ConstantOfShape",
            "Softmax",
            "BatchNormalization",
            "ConvTranspose",
            "Transpose",
            "MaxPool",
            "Concat",
            "Relu",
            "Squeeze");

    private final SplittableRandom random;
    private final List<byte[]> sources;

    Mutation(long seed, List<byte[]> sources) {
        this.random = new SplittableRandom(seed);
        this.sources = sources;
    }

    byte[] next() {
        var model = source().clone();
        var times = 1 + random.nextInt(4);
        for (int i = 0; i < times; i++) {
            model = random.nextInt(3) == 0 ? blind(model) : knowing(model);
        }
        return model;
    }

    private byte[] source() {
        return sources.get(random.nextInt(sources.size()));
    }

    private byte[] blind(byte[] model) {
        if (model.length == 0) {
            return model;
        }
        var at = random.nextInt(model.length);
        var length = random.nextInt(1 + Math.min(64, model.length - at));
        switch (random.nextInt(6)) {
            case 0 -> model[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> {
                return Arrays.copyOf(model, at);
            }
            case 2 -> Arrays.fill(model, at, at + length, (byte) (random.nextBoolean() ? 0xff : 0));
            case 3 -> {
                var other = source();
                var from = random.nextInt(other.length);
                System.arraycopy(other, from, model, at, Math.min(length, other.length - from));
            }
            case 4 -> {
                var longer = Arrays.copyOf(model, model.length + length);
                System.arraycopy(model, at, longer, at + length, model.length - at);
                return longer;
            }
            default -> {
                System.arraycopy(model, at + length, model, at, model.length - at - length);
                return Arrays.copyOf(model, model.length - length);
            }
        }
        return model;
    }

    private byte[] knowing(byte[] bytes) {
        try {
            var model = OnnxMl.ModelProto.parseFrom(bytes).toBuilder();
            var graph = model.getGraphBuilder();
            switch (random.nextInt(8)) {
                case 0 -> damageTensor(graph);
                case 1 -> model.setIrVersion(random.nextLong(-1, 14));
                case 2 -> model.getOpsetImportBuilderList().forEach(set -> set.setVersion(random.nextLong(0, 30)));
                case 3 -> damageInterface(graph);
                default -> damageNode(graph);
            }
            return model.build().toByteArray();
        } catch (InvalidProtocolBufferException e) {
            return blind(bytes);
        }
    }

    private void damageTensor(OnnxMl.GraphProto.Builder graph) {
        if (graph.getInitializerCount() == 0) {
            return;
        }
        var index = random.nextInt(graph.getInitializerCount());
        var tensor = graph.getInitializerBuilder(index);
        switch (random.nextInt(7)) {
            case 0 -> tensor.addDims(DIMENSIONS[random.nextInt(DIMENSIONS.length)]);
            case 1 -> tensor.clearDims();
            case 2 -> tensor.setDataType(random.nextInt(-1, 26));
            case 3 -> tensor.clearRawData().addFloatData(Float.NaN);
            case 4 ->
                tensor.setRawData(
                        ByteString.copyFrom(new byte[tensor.getRawData().size()]));
            case 5 -> {
                for (int i = 0; i < tensor.getDimsCount(); i++) {
                    tensor.setDims(i, DIMENSIONS[random.nextInt(4)]);
                }
                tensor.setRawData(tensor.getRawData()
                        .substring(0, random.nextInt(1 + tensor.getRawData().size())));
            }
            default -> graph.removeInitializer(index);
        }
    }

    private void damageInterface(OnnxMl.GraphProto.Builder graph) {
        switch (random.nextInt(4)) {
            case 0 -> graph.addInputBuilder().setName(name(graph));
            case 1 -> graph.addOutputBuilder().setName(name(graph));
            case 2 -> graph.clearInput();
            default -> graph.clearOutput();
        }
    }

    private void damageNode(OnnxMl.GraphProto.Builder graph) {
        if (graph.getNodeCount() == 0) {
            return;
        }
        var index = random.nextInt(graph.getNodeCount());
        var node = graph.getNodeBuilder(index);
        switch (random.nextInt(9)) {
            case 0 -> node.setOpType(OPERATORS.get(random.nextInt(OPERATORS.size())));
            case 1 -> node.clearInput();
            case 2 -> node.addInput(name(graph));
            case 3 -> node.clearOutput();
            case 4 -> node.addOutput(random.nextBoolean() ? "another" : "");
            case 5 -> {
                if (node.getInputCount() > 0) {
                    node.setInput(random.nextInt(node.getInputCount()), random.nextInt(5) == 0 ? "" : name(graph));
                }
            }
            case 6 -> damageAttribute(node, graph);
            case 7 -> graph.addNode(random.nextInt(graph.getNodeCount()), node.build());
            default -> graph.removeNode(index);
        }
    }

    private void damageAttribute(OnnxMl.NodeProto.Builder node, OnnxMl.GraphProto.Builder graph) {
        var names = List.of("axis", "transB", "perm", "group", "value", "to", "block_size", "direction", "hidden_size");
        var attribute = node.addAttributeBuilder().setName(names.get(random.nextInt(names.size())));
        switch (random.nextInt(4)) {
            case 0 -> attribute.setI(random.nextLong(-3, 4));
            case 1 -> attribute.setI(random.nextLong());
            case 2 -> {
                if (graph.getInitializerCount() > 0) {
                    attribute.setT(graph.getInitializer(random.nextInt(graph.getInitializerCount())));
                }
            }
            default -> attribute.setG(OnnxMl.GraphProto.newBuilder().addNode(node.clone()));
        }
    }

    private String name(OnnxMl.GraphProto.Builder graph) {
        var node = graph.getNodeCount() == 0 ? null : graph.getNode(random.nextInt(graph.getNodeCount()));
        if (node != null && node.getOutputCount() > 0 && random.nextBoolean()) {
            return node.getOutput(0);
        }
        return graph.getInitializerCount() == 0
                ? "x"
                : graph.getInitializer(random.nextInt(graph.getInitializerCount()))
                        .getName();
    }
}
