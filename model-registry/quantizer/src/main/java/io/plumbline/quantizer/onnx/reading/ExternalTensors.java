package io.plumbline.quantizer.onnx.reading;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.plumbline.quantizer.onnx.MalformedModelException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Tensors that lie in files beside the model, mapped into memory instead of read, so that they take no heap. A location must
 * stay in the model's folder, links followed.
 */
final class ExternalTensors {

    private final Path folder;

    private final Set<Path> dataFiles;

    private ExternalTensors(Path folder, Set<Path> dataFiles) {
        this.folder = folder;
        this.dataFiles = dataFiles;
    }

    /**
     * The model with every external initializer and attribute as if it had been inside, those of graphs inside nodes too.
     *
     * @param dataFiles where the files they lie in are added
     */
    static OnnxMl.ModelProto resolve(OnnxMl.ModelProto model, Path file, Set<Path> dataFiles)
            throws MalformedModelException, IOException {
        var parent = file.toAbsolutePath().getParent();
        var external = new ExternalTensors((parent == null ? file : parent).toRealPath(), dataFiles);
        return model.toBuilder().setGraph(external.inside(model.getGraph())).build();
    }

    private OnnxMl.GraphProto inside(OnnxMl.GraphProto whole) throws MalformedModelException, IOException {
        var graph = whole.toBuilder();
        for (int i = 0; i < graph.getInitializerCount(); i++) {
            if (isExternal(graph.getInitializer(i))) {
                graph.setInitializer(i, inside(graph.getInitializer(i)));
            }
        }
        for (int i = 0; i < graph.getNodeCount(); i++) {
            var node = graph.getNode(i);
            for (int k = 0; k < node.getAttributeCount(); k++) {
                var attribute = node.getAttribute(k);
                if (isExternal(attribute.getT()) || attribute.hasG() || attribute.getGraphsCount() > 0) {
                    node = node.toBuilder().setAttribute(k, inside(attribute)).build();
                }
            }
            graph.setNode(i, node);
        }
        return graph.build();
    }

    private OnnxMl.AttributeProto inside(OnnxMl.AttributeProto attribute) throws MalformedModelException, IOException {
        if (isExternal(attribute.getT())) {
            return attribute.toBuilder().setT(inside(attribute.getT())).build();
        }
        var held = attribute.toBuilder();
        if (attribute.hasG()) {
            held.setG(inside(attribute.getG()));
        }
        for (int i = 0; i < attribute.getGraphsCount(); i++) {
            held.setGraphs(i, inside(attribute.getGraphs(i)));
        }
        return held.build();
    }

    static boolean isExternal(OnnxMl.TensorProto tensor) {
        return tensor.getDataLocation() == OnnxMl.TensorProto.DataLocation.EXTERNAL;
    }

    private OnnxMl.TensorProto inside(OnnxMl.TensorProto tensor) throws MalformedModelException, IOException {
        var owner = "tensor '" + tensor.getName() + "'";
        Map<String, String> keys = new HashMap<>();
        tensor.getExternalDataList().forEach(entry -> keys.put(entry.getKey(), entry.getValue()));
        var held = tensor.toBuilder()
                .clearExternalData()
                .clearDataLocation()
                .setRawData(map(keys, owner))
                .build();
        TensorCheck.check(held, owner);
        return held;
    }

    private ByteString map(Map<String, String> keys, String owner) throws MalformedModelException, IOException {
        var file = locate(keys.getOrDefault("location", ""), owner);
        dataFiles.add(file);
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var offset = number(keys.getOrDefault("offset", "0"), owner);
            if (offset > channel.size()) {
                throw new MalformedModelException(
                        owner + " starts at " + offset + ", after the end of " + file.getFileName());
            }
            var rest = channel.size() - offset;
            var length = keys.containsKey("length") ? number(keys.get("length"), owner) : rest;
            if (length > rest || length > Integer.MAX_VALUE) {
                throw new MalformedModelException(owner + " wants " + length + " bytes from " + offset + " on, "
                        + file.getFileName() + " has " + rest);
            }
            return UnsafeByteOperations.unsafeWrap(channel.map(FileChannel.MapMode.READ_ONLY, offset, length));
        }
    }

    private Path locate(String location, String owner) throws MalformedModelException, IOException {
        try {
            var file = folder.resolve(location).normalize();
            if (!location.isEmpty()
                    && file.startsWith(folder)
                    && Files.isRegularFile(file)
                    && file.toRealPath().startsWith(folder)) {
                return file;
            }
        } catch (InvalidPathException e) {
            throw new MalformedModelException(owner + " lies in '" + location + "', which is no file name", e);
        }
        throw new MalformedModelException(
                owner + " lies in '" + location + "', which is no file in the folder of the model");
    }

    private static long number(String text, String owner) throws MalformedModelException {
        try {
            var number = Long.parseLong(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new MalformedModelException(owner + ": '" + text + "' is no number", e);
        }
        throw new MalformedModelException(owner + ": " + text + " must not be negative");
    }
}
