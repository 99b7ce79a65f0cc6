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
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** What ONNX Runtime knows about a graph, for those who rewrite graphs. Thread-safe; nothing stays loaded. */
public final class OrtGraphTools {

    private static final String TYPE_PREFIX = "ONNX_TENSOR_ELEMENT_DATA_TYPE_";

    private OrtGraphTools() {}

    /** A model to be loaded. */
    private interface Source {

        OrtSession open(OrtEnvironment runtime, OrtSession.SessionOptions settings) throws OrtException;
    }

    /**
     * The same model after constant folding, fusion of batch normalization and the like; still in standard operators.
     * Constants that look alike stay apart, so that each can be quantized on its own.
     *
     * @throws ModelLoadException if the bytes are no model that this runtime can load
     */
    public static byte[] optimizeBasic(byte[] onnx) throws ModelLoadException {
        return optimized(onnx, Optimization.BASIC);
    }

    /**
     * The model as it is run: with {@link Optimization#ALL}, in the fused operators of this machine.
     *
     * @throws ModelLoadException if the bytes are no model that this runtime can load
     */
    public static byte[] optimized(byte[] onnx, Optimization level) throws ModelLoadException {
        try {
            var file = Files.createTempFile("optimized", ".onnx");
            try (var settings = OrtEngine.settings(new EngineOptions(1, level))) {
                optimizeInto(file, settings);
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
     * {@link #optimizeBasic(byte[])} from file to file; the larger weights of the new one lie in a second file beside it, of
     * the same name and {@code .data} behind it. For models above 2 GB too.
     *
     * @throws ModelLoadException if the file is no model that this runtime can load
     */
    public static void optimizeBasic(Path onnx, Path optimized) throws ModelLoadException {
        try (var settings = OrtEngine.settings(new EngineOptions(1, Optimization.BASIC))) {
            optimizeInto(optimized, settings);
            settings.addConfigEntry(
                    "session.optimized_model_external_initializers_file_name", optimized.getFileName() + ".data");
            settings.addConfigEntry("session.optimized_model_external_initializers_min_size_in_bytes", "1024");
            OrtEngine.environment().createSession(onnx.toString(), settings).close();
        } catch (OrtException e) {
            throw OrtEngine.unloadable(e);
        }
    }

    private static void optimizeInto(Path file, OrtSession.SessionOptions settings) throws OrtException {
        settings.setOptimizedModelFilePath(file.toString());
        settings.addConfigEntry("optimization.disable_specified_optimizers", "ConstantSharing");
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
        return elementTypes(bytes(onnx), inner -> bytes(NamedOutputs.appendedTo(onnx, inner)), tensors);
    }

    /**
     * {@link #elementTypes(byte[], List)} of a file whose weights may lie in other files beside it. The file is changed: the
     * tensors are outputs afterwards.
     */
    public static Map<String, String> elementTypes(Path draft, List<String> tensors) throws ModelLoadException {
        Source source = (runtime, settings) -> runtime.createSession(draft.toString(), settings);
        return elementTypes(source, inner -> appended(draft, inner, source), tensors);
    }

    private static Source bytes(byte[] onnx) {
        return (runtime, settings) -> runtime.createSession(onnx, settings);
    }

    private static Source appended(Path draft, Set<String> outputs, Source source) {
        try {
            Files.write(draft, NamedOutputs.appendedTo(new byte[0], outputs), StandardOpenOption.APPEND);
            return source;
        } catch (IOException e) {
            throw new UncheckedIOException(draft + " cannot be extended", e);
        }
    }

    private static Map<String, String> elementTypes(
            Source source, Function<Set<String>, Source> withOutputs, List<String> tensors) throws ModelLoadException {
        Map<String, String> known = new LinkedHashMap<>(declared(source, tensor -> true));
        Set<String> inner = new LinkedHashSet<>(tensors);
        inner.removeAll(known.keySet());
        if (!inner.isEmpty()) {
            known.putAll(declared(withOutputs.apply(inner), inner::contains));
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

    private static Map<String, String> declared(Source source, Predicate<String> wanted) throws ModelLoadException {
        try (var settings = OrtEngine.settings(new EngineOptions(1, Optimization.NONE));
                OrtSession session = source.open(OrtEngine.environment(), settings)) {
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
