package io.plumbline.inference;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.plumbline.inference.EngineOptions.Optimization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What ONNX Runtime knows about a graph, for those who rewrite graphs. Thread-safe; nothing stays loaded. */
public final class OrtGraphTools {

    private static final String TYPE_PREFIX = "ONNX_TENSOR_ELEMENT_DATA_TYPE_";

    private OrtGraphTools() {}

    /**
     * The same model after constant folding, fusion of batch normalization and the like; still in standard operators.
     * Constants that look alike stay apart, so that each can be quantized on its own.
     *
     * @throws ModelLoadException if the bytes are no model that this runtime can load
     */
    public static byte[] optimizeBasic(byte[] onnx) throws ModelLoadException {
        try {
            var file = Files.createTempFile("optimized", ".onnx");
            try (var settings = OrtEngine.settings(new EngineOptions(1, Optimization.BASIC))) {
                settings.setOptimizedModelFilePath(file.toString());
                settings.addConfigEntry("optimization.disable_specified_optimizers", "ConstantSharing");
                OrtEngine.environment().createSession(onnx, settings).close();
                return Files.readAllBytes(file);
            } catch (OrtException e) {
                throw OrtEngine.unloadable(e);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the optimized model needs a temporary file", e);
        }
    }

    /**
     * Element types as the runtime infers them: {@code float}, {@code uint8}, {@code int64} and so on, named as in
     * ONNX's {@code TensorProto.DataType}, in lower case.
     *
     * @param tensors names of graph inputs, graph outputs or outputs of nodes
     * @return one type for each name, in their order
     * @throws ModelLoadException if the model does not load, a name is not in its graph, or is no tensor
     */
    public static Map<String, String> elementTypes(byte[] onnx, List<String> tensors) throws ModelLoadException {
        Map<String, String> known = new LinkedHashMap<>(declared(onnx, tensor -> true));
        Set<String> inner = new LinkedHashSet<>(tensors);
        inner.removeAll(known.keySet());
        if (!inner.isEmpty()) {
            known.putAll(declared(NamedOutputs.appendedTo(onnx, inner), inner::contains));
        }
        Map<String, String> types = new LinkedHashMap<>();
        for (var tensor : tensors) {
            var type = known.get(tensor);
            if (type == null) {
                throw new ModelLoadException("'" + tensor + "' is not a tensor of the model");
            }
            types.put(tensor, type);
        }
        return types;
    }

    private static Map<String, String> declared(byte[] onnx, Predicate<String> wanted) throws ModelLoadException {
        OrtEnvironment environment = OrtEngine.environment();
        try (var settings = OrtEngine.settings(new EngineOptions(1, Optimization.NONE));
                OrtSession session = environment.createSession(onnx, settings)) {
            Map<String, String> types = new LinkedHashMap<>();
            addTypes(session.getInputInfo(), wanted, types);
            addTypes(session.getOutputInfo(), wanted, types);
            return types;
        } catch (OrtException e) {
            throw OrtEngine.unloadable(e);
        }
    }

    private static void addTypes(Map<String, NodeInfo> infos, Predicate<String> wanted, Map<String, String> types) {
        infos.forEach((name, node) -> {
            if (wanted.test(name) && node.getInfo() instanceof TensorInfo info) {
                types.put(name, typeOf(info));
            }
        });
    }

    static String typeOf(TensorInfo info) {
        return info.onnxType.name().substring(TYPE_PREFIX.length()).toLowerCase(Locale.ROOT);
    }
}
