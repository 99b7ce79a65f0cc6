package io.plumbline.quantizer.half;

import ai.onnx.proto.OnnxMl;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.plumbline.quantizer.onnx.Nodes;
import io.plumbline.quantizer.onnx.Tensors;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import java.util.List;

/** Attributes that name float32, or hold it, changed to float16. */
final class HalfAttributes {

    private static final long FLOAT = DataType.FLOAT.getNumber();
    private static final long HALF = DataType.FLOAT16.getNumber();

    private HalfAttributes() {}

    static OnnxMl.NodeProto of(OnnxMl.NodeProto node) throws UnsupportedGraphException {
        var builder = node.toBuilder();
        for (int i = 0; i < node.getAttributeCount(); i++) {
            var attribute = node.getAttribute(i);
            if (namesType(node, attribute.getName()) && attribute.getI() == FLOAT) {
                builder.setAttribute(i, attribute.toBuilder().setI(HALF));
            } else if (attribute.hasT() && Tensors.isFloat(attribute.getT())) {
                builder.setAttribute(i, tensor(attribute.getName(), attribute.getT()));
            } else if (node.getOpType().equals("Constant")
                    && attribute.getName().startsWith("value_float")) {
                builder.setAttribute(i, constant(attribute));
            }
        }
        addDefaults(node, builder);
        return builder.build();
    }

    private static boolean namesType(OnnxMl.NodeProto node, String attribute) {
        return (node.getOpType().equals("Cast") && attribute.equals("to"))
                || (FloatOperators.mayNameType(node) && attribute.equals("dtype"));
    }

    private static void addDefaults(OnnxMl.NodeProto node, OnnxMl.NodeProto.Builder builder)
            throws UnsupportedGraphException {
        if (FloatOperators.makesTypeItNames(node) && !Nodes.has(node, "dtype")) {
            builder.addAttribute(Nodes.attribute("dtype", HALF));
        }
        if (node.getOpType().equals("ConstantOfShape") && !Nodes.has(node, "value")) {
            builder.addAttribute(tensor("value", Tensors.ofFloats("value", List.of(1L), 0)));
        }
    }

    private static OnnxMl.AttributeProto constant(OnnxMl.AttributeProto attribute) throws UnsupportedGraphException {
        var listed = attribute.getName().equals("value_floats");
        var values = new float[listed ? attribute.getFloatsCount() : 1];
        for (int i = 0; i < values.length; i++) {
            values[i] = listed ? attribute.getFloats(i) : attribute.getF();
        }
        return tensor("value", Tensors.ofFloats("value", listed ? List.of((long) values.length) : List.of(), values));
    }

    private static OnnxMl.AttributeProto tensor(String name, OnnxMl.TensorProto floats)
            throws UnsupportedGraphException {
        return OnnxMl.AttributeProto.newBuilder()
                .setName(name)
                .setType(OnnxMl.AttributeProto.AttributeType.TENSOR)
                .setT(HalfTensors.of(floats, floats.getName()))
                .build();
    }
}
