package io.plumbline.quantizer.onnx.reading;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import io.plumbline.quantizer.onnx.MalformedModelException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** A model on disk: one file, or one with its larger constants in a second one beside it. */
public final class ModelFile {

    /** A message cannot be longer than this; kept a little below. */
    public static final long MAX_MESSAGE = Integer.MAX_VALUE - (16L << 20);

    private static final int WORTH_MOVING = 1024;
    private static final int ALIGNMENT = 4096;

    private ModelFile() {}

    /**
     * @param dataFiles where the files beside it that hold its constants are added
     * @throws MalformedModelException naming the byte, the node or the tensor
     */
    public static OnnxMl.ModelProto read(Path file, Set<Path> dataFiles) throws MalformedModelException, IOException {
        var size = Files.size(file);
        if (size > MAX_MESSAGE) {
            throw new MalformedModelException(
                    size + " bytes are more than one ONNX file can hold; keep the weights as external data");
        }
        return ExternalTensors.resolve(ModelReader.read(Files.readAllBytes(file)), file, dataFiles);
    }

    /** @param limit bytes up to which the model is one file */
    public static void write(OnnxMl.ModelProto model, Path file, long limit) throws IOException {
        var graph = model.getGraph();
        var weights = 0L;
        for (var tensor : graph.getInitializerList()) {
            weights += tensor.getRawData().size();
        }
        // Only then does the size of the message fit the int that it is counted in.
        var fits = weights <= limit && model.getSerializedSize() >= 0 && model.getSerializedSize() <= limit;
        var written = fits ? model : withExternal(model, file.resolveSibling(file.getFileName() + ".data"));
        if (written.getSerializedSize() < 0) {
            throw new IOException(file + " would be longer than 2 GB without its initializers");
        }
        try (var out = new BufferedOutputStream(Files.newOutputStream(file))) {
            written.writeTo(out);
        }
    }

    private static OnnxMl.ModelProto withExternal(OnnxMl.ModelProto model, Path data) throws IOException {
        var graph = model.getGraph().toBuilder();
        try (var out = new BufferedOutputStream(Files.newOutputStream(data))) {
            var at = 0L;
            for (int i = 0; i < graph.getInitializerCount(); i++) {
                var tensor = graph.getInitializer(i);
                var bytes = tensor.getRawData();
                if (bytes.size() >= WORTH_MOVING) {
                    var padding = (int) ((ALIGNMENT - at % ALIGNMENT) % ALIGNMENT);
                    out.write(new byte[padding]);
                    bytes.writeTo(out);
                    graph.setInitializer(i, reference(tensor, data, at + padding));
                    at += padding + (long) bytes.size();
                }
            }
        }
        return model.toBuilder().setGraph(graph).build();
    }

    private static OnnxMl.TensorProto reference(OnnxMl.TensorProto tensor, Path data, long offset) {
        ByteString bytes = tensor.getRawData();
        return tensor.toBuilder()
                .clearRawData()
                .setDataLocation(OnnxMl.TensorProto.DataLocation.EXTERNAL)
                .addExternalData(entry("location", data.getFileName().toString()))
                .addExternalData(entry("offset", Long.toString(offset)))
                .addExternalData(entry("length", Integer.toString(bytes.size())))
                .build();
    }

    private static OnnxMl.StringStringEntryProto entry(String key, String value) {
        return OnnxMl.StringStringEntryProto.newBuilder()
                .setKey(key)
                .setValue(value)
                .build();
    }
}
