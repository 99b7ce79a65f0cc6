package io.plumbline.quantizer.onnx;

import ai.onnx.proto.OnnxMl;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A model of any size: products of random square matrices with a Relu between them, the matrices in a second file. With
 * {@code LargeModel FILE.onnx 40 4096} it has 2.7 GB.
 */
public final class LargeModel {

    private LargeModel() {}

    /** @param arguments the file, the number of products, the side of a matrix */
    public static void main(String[] arguments) throws IOException {
        write(Path.of(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
    }

    static void write(Path file, int products, int side) throws IOException {
        var data = file.resolveSibling(file.getFileName() + ".data");
        var graph = Graphs.opset(17).input("x", 1, side);
        var random = new SplittableRandom(1);
        try (var out = new BufferedOutputStream(Files.newOutputStream(data), 1 << 20)) {
            for (int i = 0; i < products; i++) {
                writeMatrix(out, side, random);
                graph.constant(reference("w" + i, data, side, i))
                        .node("MatMul", List.of(i == 0 ? "x" : "y" + i, "w" + i), "p" + i)
                        .node("Relu", List.of("p" + i), i == products - 1 ? "y" : "y" + (i + 1));
            }
        }
        Files.write(file, graph.output("y", 1, side).proto().toByteArray());
    }

    /** Scaled so that values neither grow nor fade from product to product. */
    private static void writeMatrix(BufferedOutputStream out, int side, SplittableRandom random) throws IOException {
        var scale = Math.sqrt(6.0 / side);
        var row = ByteBuffer.allocate(side * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < side; i++) {
            row.clear();
            for (int k = 0; k < side; k++) {
                row.putFloat((float) (random.nextDouble(-1, 1) * scale));
            }
            out.write(row.array());
        }
    }

    private static OnnxMl.TensorProto reference(String name, Path data, long side, int index) {
        var bytes = side * side * Float.BYTES;
        var tensor = OnnxMl.TensorProto.newBuilder()
                .setName(name)
                .setDataType(OnnxMl.TensorProto.DataType.FLOAT.getNumber())
                .addDims(side)
                .addDims(side)
                .setDataLocation(OnnxMl.TensorProto.DataLocation.EXTERNAL);
        tensor.addExternalDataBuilder()
                .setKey("location")
                .setValue(data.getFileName().toString());
        tensor.addExternalDataBuilder().setKey("offset").setValue(Long.toString(bytes * index));
        tensor.addExternalDataBuilder().setKey("length").setValue(Long.toString(bytes));
        return tensor.build();
    }
}
