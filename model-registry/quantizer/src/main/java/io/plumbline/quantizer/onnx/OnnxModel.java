package io.plumbline.quantizer.onnx;

import ai.onnx.proto.OnnxMl;
import io.plumbline.quantizer.onnx.reading.ModelFile;
import io.plumbline.quantizer.onnx.reading.ModelReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** An ONNX model as it was read; unknown fields are kept. Immutable. */
public final class OnnxModel {

    private static final long OVERRIDABLE_INITIALIZERS = 4;

    private final OnnxMl.ModelProto proto;
    private final Set<Path> dataFiles;
    private final Map<String, OnnxMl.TensorProto> constants = new LinkedHashMap<>();

    private OnnxModel(OnnxMl.ModelProto proto, Set<Path> dataFiles) {
        this.proto = proto;
        this.dataFiles = Collections.unmodifiableSet(new TreeSet<>(dataFiles));
        var graph = proto.getGraph();
        graph.getInitializerList().forEach(tensor -> constants.put(tensor.getName(), tensor));
        if (proto.getIrVersion() >= OVERRIDABLE_INITIALIZERS) {
            graph.getInputList().forEach(input -> constants.remove(input.getName()));
        }
        graph.getNodeList().forEach(this::addConstant);
    }

    private void addConstant(OnnxMl.NodeProto node) {
        if (Nodes.isStandard(node) && node.getOpType().equals("Constant") && node.getOutputCount() == 1) {
            node.getAttributeList().stream()
                    .filter(attribute -> attribute.getName().equals("value") && attribute.hasT())
                    .map(attribute -> attribute.getT().toBuilder()
                            .setName(node.getOutput(0))
                            .build())
                    .forEach(tensor -> constants.put(tensor.getName(), tensor));
        }
    }

    /**
     * Checked as a whole: every tensor has one maker, every name that is read is made, constants hold what their shapes say.
     * Nodes out of order are sorted.
     *
     * @param bytes not copied; must not change afterwards
     * @throws MalformedModelException if the bytes are no such model; names the byte, the node or the tensor. Time and memory
     *     stay in proportion to the bytes.
     */
    public static OnnxModel parse(byte[] bytes) throws MalformedModelException {
        return new OnnxModel(ModelReader.read(bytes), Set.of());
    }

    /**
     * Like {@link #parse}, with the tensors that lie in other files of its folder, which are mapped into memory and must not
     * change while the model is used.
     *
     * @throws MalformedModelException also if a tensor's file lies outside the folder of the model, or is too short
     */
    public static OnnxModel read(Path file) throws MalformedModelException, IOException {
        Set<Path> dataFiles = new TreeSet<>();
        return new OnnxModel(ModelFile.read(file, dataFiles), dataFiles);
    }

    /**
     * One file; where the model is too large for one, with a second one that has the same name and {@code .data} behind it.
     * Never onto the files that the model was read from.
     *
     * @throws IOException also if what cannot move into the second file is too large for the first
     */
    public void write(Path file) throws IOException {
        ModelFile.write(proto, file, ModelFile.MAX_MESSAGE);
    }

    /** For rewriters inside this library. */
    public static OnnxModel wrap(OnnxMl.ModelProto proto) {
        return new OnnxModel(proto, Set.of());
    }

    /** The package's raw view. */
    public OnnxMl.ModelProto proto() {
        return proto;
    }

    /** The files beside it, in the order of their names, that {@link #read} found constants in. */
    public Set<Path> dataFiles() {
        return dataFiles;
    }

    /** Version of the standard operator set. */
    public long opset() {
        return proto.getOpsetImportList().stream()
                .filter(OnnxModel::isStandard)
                .mapToLong(OnnxMl.OperatorSetIdProto::getVersion)
                .max()
                .orElseThrow();
    }

    private static boolean isStandard(OnnxMl.OperatorSetIdProto set) {
        return set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx");
    }

    /** An initializer or the tensor of a Constant node, unless a graph input of the same name may override it. */
    public Optional<OnnxMl.TensorProto> constant(String name) {
        return Optional.ofNullable(constants.get(name));
    }

    public byte[] toBytes() {
        return proto.toByteArray();
    }
}
