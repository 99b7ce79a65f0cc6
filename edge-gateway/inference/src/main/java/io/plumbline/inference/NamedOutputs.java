package io.plumbline.inference;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/**
 * Makes inner tensors of a model visible without reading the model: a second occurrence of an embedded Protocol Buffers
 * message is merged into the first, and repeated fields are concatenated, so outputs can be appended to the file's bytes.
 * They have names only; the runtime infers the rest.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/#last-one-wins">Protocol Buffers encoding, merging</a>
 */
final class NamedOutputs {

    /** Field numbers of {@code onnx.proto}: ModelProto.graph, GraphProto.output, ValueInfoProto.name. */
    private static final int GRAPH = 7;

    private static final int OUTPUT = 12;
    private static final int NAME = 1;
    private static final int LENGTH_DELIMITED = 2;

    private NamedOutputs() {}

    static byte[] appendedTo(byte[] onnx, Collection<String> tensors) {
        var graph = new ByteArrayOutputStream();
        for (var tensor : tensors) {
            field(graph, OUTPUT, field(NAME, tensor.getBytes(StandardCharsets.UTF_8)));
        }
        var model = new ByteArrayOutputStream(onnx.length + graph.size() + Long.BYTES);
        model.writeBytes(onnx);
        field(model, GRAPH, graph.toByteArray());
        return model.toByteArray();
    }

    private static byte[] field(int number, byte[] content) {
        var out = new ByteArrayOutputStream();
        field(out, number, content);
        return out.toByteArray();
    }

    private static void field(ByteArrayOutputStream out, int number, byte[] content) {
        varint(out, (number << 3) | LENGTH_DELIMITED);
        varint(out, content.length);
        out.writeBytes(content);
    }

    private static void varint(ByteArrayOutputStream out, int value) {
        var rest = value;
        while ((rest & ~0x7F) != 0) {
            out.write((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }
}
