package io.plumbline.inference;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;

/** Writes small ONNX models, field by field of {@code onnx.proto}. */
public final class TestGraph {

    static final int FLOAT = 1;
    static final int INT64 = 7;

    private static final int LENGTH_DELIMITED = 2;

    private final ByteArrayOutputStream graph = new ByteArrayOutputStream();

    TestGraph() {
        field(graph, 2, text("test"));
    }

    /** The same model with these inner tensors as further outputs. */
    public static byte[] observing(byte[] onnx, Collection<String> tensors) {
        return NamedOutputs.appendedTo(onnx, tensors);
    }

    TestGraph input(String name, int type, String... axes) {
        field(graph, 11, value(name, type, axes));
        return this;
    }

    TestGraph output(String name, int type, String... axes) {
        field(graph, 12, value(name, type, axes));
        return this;
    }

    TestGraph node(String operator, List<String> inputs, String output) {
        var node = new ByteArrayOutputStream();
        inputs.forEach(input -> field(node, 1, text(input)));
        field(node, 2, text(output));
        field(node, 4, text(operator));
        field(graph, 1, node.toByteArray());
        return this;
    }

    TestGraph constant(String name, float... values) {
        var raw = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        var tensor = new ByteArrayOutputStream();
        number(tensor, 1, values.length);
        number(tensor, 2, FLOAT);
        field(tensor, 8, text(name));
        field(tensor, 9, raw.array());
        field(graph, 5, tensor.toByteArray());
        return this;
    }

    byte[] bytes() {
        var opset = new ByteArrayOutputStream();
        number(opset, 2, 17);
        var model = new ByteArrayOutputStream();
        number(model, 1, 8);
        field(model, 7, graph.toByteArray());
        field(model, 8, opset.toByteArray());
        return model.toByteArray();
    }

    private static byte[] value(String name, int type, String... axes) {
        var shape = new ByteArrayOutputStream();
        for (var axis : axes) {
            var dimension = new ByteArrayOutputStream();
            if (Character.isDigit(axis.charAt(0))) {
                number(dimension, 1, Integer.parseInt(axis));
            } else {
                field(dimension, 2, text(axis));
            }
            field(shape, 1, dimension.toByteArray());
        }
        var tensor = new ByteArrayOutputStream();
        number(tensor, 1, type);
        field(tensor, 2, shape.toByteArray());
        var typed = new ByteArrayOutputStream();
        field(typed, 1, tensor.toByteArray());
        var value = new ByteArrayOutputStream();
        field(value, 1, text(name));
        field(value, 2, typed.toByteArray());
        return value.toByteArray();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void field(ByteArrayOutputStream out, int number, byte[] content) {
        varint(out, (number << 3) | LENGTH_DELIMITED);
        varint(out, content.length);
        out.writeBytes(content);
    }

    private static void number(ByteArrayOutputStream out, int number, int value) {
        varint(out, number << 3);
        varint(out, value);
    }

    private static void varint(ByteArrayOutputStream out, int value) {
        var rest = value;
        while (rest > 0x7F) {
            out.write((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }
}
