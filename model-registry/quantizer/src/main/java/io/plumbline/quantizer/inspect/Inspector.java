package io.plumbline.quantizer.inspect;

import ai.onnx.proto.OnnxMl;
import io.plumbline.quantizer.onnx.OnnxModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads an {@link Inspection} off a model. Pure. */
public final class Inspector {

    private Inspector() {}

    public static Inspection inspect(OnnxModel model) {
        var proto = model.proto();
        var graph = proto.getGraph();
        Set<String> constants = new HashSet<>();
        graph.getInitializerList().forEach(tensor -> constants.add(tensor.getName()));
        var inputs = graph.getInputList().stream()
                .filter(input -> !constants.contains(input.getName()))
                .map(Inspector::port)
                .toList();
        var operators = mostFirst(graph.getNodeList().stream()
                .collect(Collectors.groupingBy(Inspector::operator, Collectors.counting())));
        var weights = weightBytes(graph);
        Map<String, String> metadata = new LinkedHashMap<>();
        proto.getMetadataPropsList().forEach(entry -> metadata.put(entry.getKey(), entry.getValue()));
        return new Inspection(
                proto.getIrVersion(),
                model.opset(),
                (proto.getProducerName() + " " + proto.getProducerVersion()).strip(),
                inputs,
                graph.getOutputList().stream().map(Inspector::port).toList(),
                operators,
                weights,
                Precision.of(operators.keySet(), weights),
                metadata,
                Obstacles.of(model));
    }

    static String operator(OnnxMl.NodeProto node) {
        var standard = node.getDomain().isEmpty() || node.getDomain().equals("ai.onnx");
        return standard ? node.getOpType() : node.getDomain() + ":" + node.getOpType();
    }

    private static Map<String, Long> weightBytes(OnnxMl.GraphProto graph) {
        Map<String, Long> bytes = new LinkedHashMap<>();
        for (var tensor : graph.getInitializerList()) {
            bytes.merge(type(tensor.getDataType()), ElementSizes.bytes(tensor), Long::sum);
        }
        for (var node : graph.getNodeList()) {
            if (node.getOpType().equals("Constant")) {
                node.getAttributeList().stream()
                        .filter(OnnxMl.AttributeProto::hasT)
                        .forEach(attribute -> bytes.merge(
                                type(attribute.getT().getDataType()), ElementSizes.bytes(attribute.getT()), Long::sum));
            }
        }
        return mostFirst(bytes);
    }

    private static Map<String, Long> mostFirst(Map<String, Long> counts) {
        Map<String, Long> sorted = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }

    private static Inspection.Port port(OnnxMl.ValueInfoProto value) {
        var tensor = value.getType().getTensorType();
        List<String> shape = new ArrayList<>();
        for (var axis : tensor.getShape().getDimList()) {
            shape.add(
                    axis.hasDimValue()
                            ? String.valueOf(axis.getDimValue())
                            : axis.getDimParam().isEmpty() ? "?" : axis.getDimParam());
        }
        return new Inspection.Port(value.getName(), type(tensor.getElemType()), shape);
    }

    static String type(int number) {
        var type = OnnxMl.TensorProto.DataType.forNumber(number);
        return type == null ? "type " + number : type.name().toLowerCase(Locale.ROOT);
    }
}
